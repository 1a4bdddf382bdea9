using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>A size of huge pages that a host does not list at all, with not one page either: none can be set aside, whichever cell it is.</summary>
internal static class NoSuchPages
{
    private const string Code = "hugepages";

    /// <summary>The answer with that as the one thing said of pages, where it is so.</summary>
    public static PlacementAnswer Told(PlacementAnswer answer, HostTopology? topology, GuestWish wish)
    {
        if (wish.HugePageKiB is not { } asked || answer.Rejected is not [var host] || host.Findings.All(finding => finding.Code != Code)
            || (topology?.Cells ?? []).Any(cell => cell.Pages is null || cell.Pages.Any(pool => pool.SizeKiB == asked)))
        {
            return answer;
        }

        var sizes = topology!.Cells!.SelectMany(cell => cell.Pages!).Select(pool => pool.SizeKiB).Distinct().Order().Select(FitWords.Size).ToList();
        return answer with { Rejected = [host with { Findings = [.. host.Findings.Where(finding => finding.Code != Code), Reason(FitWords.Size(asked), sizes)] }] };
    }

    private static Finding Reason(string asked, List<string> sizes) => new(
        Code, Verdict.Broken, "host", asked, string.Join(", ", sizes), [],
        sizes.Count == 0 ? "ask for ordinary memory" : $"ask for pages of {string.Join(" or ", sizes)}, or for ordinary memory", PlacementCodes.Dimension(Code),
        $"the host has no huge pages of {asked} ({(sizes.Count == 0 ? "it lists none at all" : $"it has {string.Join(", ", sizes)}")})");
}
