using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>Who is in which cell of a host, as pinned and as seen.</summary>
public static class HostedGuests
{
    /// <summary>The guests of a host, by name; one of whose pins nothing is known is left out.</summary>
    public static IReadOnlyList<HostedGuest> Of(FleetState fleet, string host, DateTimeOffset at)
    {
        var check = new FleetCheck(fleet);
        var cells = fleet.Hosts.GetValueOrDefault(host) is { } state ? fleet.Topology(state)?.Cells ?? [] : [];
        return
        [
            .. fleet.Guests.Values
                .Where(guest => guest.Places.Contains(host))
                .SelectMany(guest => check.Known(guest).Takes(host).Select(pins => Of(check, guest, host, pins, cells, at)))
                .OrderBy(guest => guest.Name, StringComparer.Ordinal).ThenBy(guest => guest.Guest).ThenBy(guest => guest.IsPlanned),
        ];
    }

    private static HostedGuest Of(FleetCheck check, GuestState guest, string host, GuestPins pins, IReadOnlyList<Cell> cells, DateTimeOffset at)
    {
        var index = GuestIndex.Of(pins);
        var isPlanned = pins.Layer == PinLayer.Decided;
        var bound = index.Parts.Select(part => part.Bound).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, one) => all.Union(one));
        var vcpus = index.Inherits ? index.Vcpus.Union(pins.Cpus!) : index.Vcpus;
        var isFloating = !isPlanned && IsFloating(index, pins, cells);
        var pinned = isFloating ? CpuSet.Empty : CpuSet.Of(cells.Where(cell => cell.Cpus?.Overlaps(vcpus) == true).Select(cell => cell.Id));
        var places = pinned.Union(bound);
        if (places.IsEmpty && !isPlanned)
        {
            places = pins.Effective?.MemoryCells is { IsEmpty: false } seen ? seen : CpuSet.Of(cells.Select(cell => cell.Id));
        }

        return new HostedGuest(
            guest.Name,
            guest.Guest,
            places,
            !isFloating && places.Count > 1,
            isFloating,
            !isPlanned && IsDrifted(check, check.Known(guest), at),
            Commitment.Of(host, pins, guest.IsRunning).MemoryKiB)
        {
            IsPlanned = isPlanned,
        };
    }

    private static bool IsFloating(GuestIndex index, GuestPins pins, IReadOnlyList<Cell> cells)
    {
        var everyone = cells.Select(cell => cell.OnlineCpus ?? cell.Cpus).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, one) => all.Union(one));
        var vcpus = pins.Vcpus?.Current ?? index.Active.Length;
        return (index.Active.Length < vcpus && pins.Cpus is null) || vcpus == 0
            || (!everyone.IsEmpty && index.Active.Select(pin => pin.Cpus).Append(index.Inherits ? pins.Cpus : null).Any(set => set is not null && everyone.IsSubsetOf(set)));
    }

    private static bool IsDrifted(FleetCheck check, FleetGuest guest, DateTimeOffset at) =>
        guest.IsRunning
        && guest[PinLayer.Live] is { Pins.Effective: not null }
        && check.Question(guest, at, null, Situation.Running, PinLayer.Live) is { } question
        && FitCheck.Check(question).Findings.Any(finding => finding.Code is "drift" or "cpuset-not-restored");
}
