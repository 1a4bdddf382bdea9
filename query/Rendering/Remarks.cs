using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Notes beside the data, on stderr: what a reader of the table should know before believing it.</summary>
internal static class Remarks
{
    public static void Write(TextWriter err, Request request, IEnumerable<string> remarks)
    {
        if (request.Quiet)
        {
            return;
        }

        foreach (var remark in remarks)
        {
            err.Write($"note: {Cleaned.Text(remark)}\n");
        }
    }

    public static IEnumerable<string> OnHosts(int hosts) =>
        hosts == 0 ? ["no host is recorded yet; numa-recorder sample records this one"] : [];

    public static IEnumerable<string> OnCells(int hosts, IReadOnlyList<CellItem> cells) =>
    [
        .. OnHosts(hosts),
        .. cells.Where(cell => cell.Stale).GroupBy(cell => cell.Host).Select(OnStale),
    ];

    public static IEnumerable<string> OnDiff(DiffItem item) => item.Changes.Count > 0
        ? []
        : [$"{item.Host}: nothing changed from {TimeText.Utc(item.Since)} to {TimeText.Utc(item.Until)}"];

    public static IEnumerable<string> OnMemory(int hosts, int items, MemorySpan span) =>
    [
        .. OnHosts(hosts),
        .. hosts > 0 && items == 0
            ? [$"no sample from {TimeText.Utc(span.From)} to {TimeText.Utc(span.To)}"]
            : Array.Empty<string>(),
    ];

    public static IEnumerable<string> OnGuests(Request request, int known, IReadOnlyList<GuestState> guests, IReadOnlyList<FitReport> reports) =>
    [
        .. known > 0 ? Array.Empty<string>()
            : request.At is not null || request.KnownAt is not null ? ["no guest was recorded by then"]
            : ["no guest is recorded yet; numa-recorder decide or import --format domain records one"],
        .. guests.Where(guest => reports.All(report => report.Guest != guest.Name)).Select(guest => $"{guest.Name}: no pinning of it is known in that situation"),
    ];

    /// <summary>Guests that are meant to be on another host than the one they were judged on.</summary>
    public static IEnumerable<string> OnPlans(IReadOnlyList<GuestState> guests, Func<string, string> nameOf) => guests
        .Where(guest => guest.Host is not null && guest.DecidedOn is not null && guest.DecidedOn != guest.Host)
        .Select(guest => $"{guest.Name} is on {nameOf(guest.Host!)} and decided for {nameOf(guest.DecidedOn!)}: numa-history fit {guest.Name} --host {nameOf(guest.DecidedOn!)}");

    public static IEnumerable<string> OnReplay(Request request, int known, IReadOnlyList<GuestState>? guests, IReadOnlyList<FitReplayItem> items) =>
    [
        .. OnGuests(request, known, [], []),
        .. (guests ?? []).Where(guest => items.All(item => item.Guest != guest.Name)).Select(guest => $"{guest.Name}: no pinning of it is known in that time"),
    ];

    public static IEnumerable<string> OnPlacement(GuestWish wish, PlacementAnswer answer, bool explain, DateTimeOffset? at, bool isOfThePast) =>
    [
        .. answer is { Candidates: [], Rejected: [] }
            ? [isOfThePast ? "no host was known then: ask about a later moment" : "no host is recorded: numa-recorder run records this one"]
            : Array.Empty<string>(),
        .. explain
            ? [$"kept back in each cell {MemorySize.Human(wish.Limits!.ReserveKiB)}, each guest costs {MemorySize.Human(wish.Limits.GuestOverheadKiB)} beside its memory"]
            : Array.Empty<string>(),
        .. at is { } moment ? [$"free memory is the least of the hour of {TimeText.Utc(moment)}, from raw samples"] : Array.Empty<string>(),
    ];

    /// <summary>Guest cells that are left without a vCPU.</summary>
    public static IEnumerable<string> OnCells(GuestWish wish) => wish.Layout is null && wish.Cells > wish.Vcpus
        ? [$"guest cells with vCPUs: {wish.Vcpus} of {wish.Cells}; the others have memory alone"]
        : [];

    /// <summary>Hosts of which nobody can tell whether the guest fits there, where the answer does not list them.</summary>
    public static IEnumerable<string> OnUnjudged(PlacementAnswer found, PlacementAnswer shown)
    {
        var hosts = found.Rejected.Where(host => host.IsUnknown).Select(host => host.Host).Except(shown.Rejected.Select(host => host.Host)).Order(StringComparer.Ordinal).ToList();
        return hosts.Count == 0 ? [] :
        [
            $"{Names(hosts)}: it may fit there or not, since what is known is too old or not enough; --explain tells",
        ];
    }

    /// <summary>That not all hosts were asked what they lack.</summary>
    public static IEnumerable<string> OnLooked(int? looked) => looked is { } hosts
        ? [$"no host has the room; what is missing was looked up on the {hosts} that come nearest: --explain does on all"]
        : [];

    /// <summary>Candidates of which nobody tells how much memory is free.</summary>
    public static IEnumerable<string> OnFreeUnknown(IReadOnlyList<PlacedCandidate> candidates)
    {
        var hosts = candidates.Where(one => one.FreeUnknown is not null).ToList();
        return hosts.Count == 0 ? [] :
        [
            $"{Names([.. hosts.Select(one => one.Host)])}: how much memory is free there is not known; all that is not promised to guests counts as free",
        ];
    }

    private static string Names(List<string> hosts)
    {
        const int named = 5;
        return $"{string.Join(", ", hosts.Take(named))}{(hosts.Count > named ? $" and {hosts.Count - named} more" : "")}";
    }

    private static string OnStale(IGrouping<string, CellItem> host)
    {
        var newest = host.MaxBy(cell => cell.SampledAt)!;
        var expected = newest.IntervalSeconds is { } seconds
            ? $", though one was due every {Duration.Print(TimeSpan.FromSeconds(seconds))}"
            : "";
        return $"{host.Key}: the newest sample is of {TimeText.Utc(newest.SampledAt!.Value)}{expected}";
    }
}
