using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>CPUs that are online and that guests may not have. Four cells of 4 CPUs; those of cells 1 to 3 are not allowed.</summary>
public sealed class NotAllowedTests
{
    private static readonly HostTopology Topology = Questions.Masks(Questions.Machine().Topology(), masks => masks with { Allowed = Some.Cpus("0-3") });

    private static readonly GuestWish Wish = new("g", 2, Questions.GiB, Limits: new FitLimits());

    [Theory]
    [InlineData(2, null, "vnuma-mismatch", "4-15")]
    [InlineData(1, "2", "self-overlap", "8-11")]
    public void They_are_among_the_reasons_where_CPUs_or_cells_are_short(int cells, string? on, string code, string cpus)
    {
        var findings = Place(Wish with { Cells = cells, OnCells = on is null ? null : Some.Cpus(on) }).Rejected[0].Findings;

        Assert.Contains(findings, finding => finding.Code == code);
        Assert.Equal(cpus, findings.Single(finding => finding.Code == "cpu-not-allowed").Observed);
    }

    [Fact]
    public void They_are_none_where_they_would_not_help()
    {
        Assert.DoesNotContain(Place(Wish with { MemoryKiB = 100 * Questions.GiB, Cells = 1 }).Rejected[0].Findings, finding => finding.Code == "cpu-not-allowed");
        Assert.True(Place(Wish).Fits);
    }

    [Fact]
    public void A_host_of_which_guests_may_have_none_says_so()
    {
        var none = Questions.Masks(Topology, masks => masks with { Allowed = CpuSet.Empty });

        Assert.Contains(Place(Wish, none).Rejected[0].Findings, finding => finding.Code == "cpu-not-allowed");
    }

    private static PlacementAnswer Place(GuestWish wish, HostTopology? topology = null) =>
        new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", topology ?? Topology, Questions.Free(Topology)), [], null).Answer;
}
