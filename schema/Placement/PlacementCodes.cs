using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Placement;

/// <summary>The codes of reasons: those of findings about pinnings, and what no pinning can lack.</summary>
internal static class PlacementCodes
{
    /// <summary>A countable thing is short.</summary>
    public const string Resources = "resources";

    public static string Dimension(string code) => code == Resources ? "device" : FindingCodes.Dimension(code);
}
