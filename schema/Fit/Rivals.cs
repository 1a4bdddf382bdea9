using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// What of the other guests on its host a verdict depends on: those that meet CPUs somebody wants alone, and where they are bound to too
/// much memory for one of the guest's claims, how much, KiB. Whatever else they do changes no finding.
/// </summary>
internal readonly record struct Rivals(IReadOnlyList<GuestPins> Met, IReadOnlyList<long> Bound)
{
    public static Rivals Of(FitQuestion question)
    {
        var guest = GuestIndex.Of(question.Guest);
        var host = question.Host.Topology is { } topology ? TopologyIndex.Of(topology) : null;
        var alone = guest.Alone(host);
        var bound = guest.Claims.Length == 0 ? [] : new long[guest.Claims.Length];
        List<GuestPins>? met = null;
        foreach (var theirs in GuestIndex.Of(question.Others))
        {
            if (GuestIndex.Same(theirs.Guest, question.Guest))
            {
                continue;
            }

            if (IsMet(question, guest, theirs, host, alone))
            {
                (met ??= []).Add(theirs.Guest);
            }

            for (var i = 0; i < bound.Length; i++)
            {
                bound[i] += BoundMemory.Within(guest.Claims[i], theirs, question.Limits, host);
            }
        }

        for (var i = 0; i < bound.Length; i++)
        {
            bound[i] = host is not null && BoundMemory.IsTooMuch(bound[i], guest.Claims[i], question.Limits, host) ? bound[i] : 0;
        }

        return new Rivals(met ?? (IReadOnlyList<GuestPins>)[], bound);
    }

    /// <summary>Whether a guest that comes to the host of a question, or goes from it, may change these; its own pins never do.</summary>
    public static bool MayMatter(FitQuestion question, GuestPins other)
    {
        var (guest, theirs) = (GuestIndex.Of(question.Guest), GuestIndex.Of(other));
        var host = question.Host.Topology is { } topology ? TopologyIndex.Of(topology) : null;
        return !GuestIndex.Same(other, question.Guest)
            && (IsMet(question, guest, theirs, host, guest.Alone(host))
                || Array.Exists(guest.Claims, claim => BoundMemory.Within(claim, theirs, question.Limits, host) > 0));
    }

    private static bool IsMet(FitQuestion question, GuestIndex guest, GuestIndex theirs, TopologyIndex? host, CpuSet alone) =>
        question.Limits.CpuAllocationRatio is not null || theirs.Everything.Overlaps(alone) || theirs.Alone(host).Overlaps(guest.Everything);
}
