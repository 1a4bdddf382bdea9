using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Distances between the cells that a guest spans: distance-worse.</summary>
internal static class DistanceFindings
{
    private const int Unreachable = 255;

    public static void Find(FitCase fit)
    {
        if (!fit.Host.HasUnreachable && (fit.Context is null || fit.SameStructure))
        {
            return;
        }

        var cells = Cells(fit, fit.Host);
        if (cells.Count < 2 || Pairs(fit.Host, cells) is not { Count: > 0 } now)
        {
            return;
        }

        if (now.Contains(Unreachable))
        {
            fit.Add(
                "distance-worse", Verdict.Degraded, "guest", null, "unreachable",
                $"the guest spans {FitWords.Cells(cells)}, and the firmware says that one of them cannot reach another",
                "keep the guest within cells that reach each other", fit.Question.Evidence.Structure);
        }
        else if (fit.Context is { } context && !fit.SameStructure && Pairs(context, Cells(fit, context)) is { Count: > 0 } before
            && (now.Max() > before.Max() || now.Average() > before.Average() + 0.5))
        {
            fit.Add(
                "distance-worse", Verdict.Degraded, "guest", Text(before), Text(now),
                $"the cells that the guest spans ({cells}) are further apart than when it was pinned: {Text(now)} instead of {Text(before)}",
                FitRepairs.Managed(fit.Guest) ?? "place it again on cells that are closer", fit.Question.Evidence.Structure);
        }
    }

    private static CpuSet Cells(FitCase fit, TopologyIndex host) => fit.Pins.Parts.Aggregate(
        host.CellsOf(fit.Pins.Vcpus), (all, part) => part.Bound is null ? all : all.Union(part.Bound));

    private static List<int> Pairs(TopologyIndex host, CpuSet cells) =>
    [
        .. cells.Members().SelectMany(from => host.Cell(from)?.Distances ?? [], (from, to) => (From: from, To: to))
            .Where(pair => pair.From != pair.To.Cell && cells.Contains(pair.To.Cell))
            .Select(pair => pair.To.Distance),
    ];

    private static string Text(List<int> distances) => string.Create(
        CultureInfo.InvariantCulture, $"at most {distances.Max()}, {distances.Average():0.#} on average");
}
