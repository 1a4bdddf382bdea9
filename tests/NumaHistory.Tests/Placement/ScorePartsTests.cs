using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Scores as one reckons them by hand, on four cells of 4 CPUs and 8 GiB; distances are 10 and 11 for each step between cells.</summary>
public sealed class ScorePartsTests
{
    [Theory]
    [InlineData(PlacementPolicy.Closest, 1, 100)] // one cell
    [InlineData(PlacementPolicy.Closest, 2, 47.6)] // 1000 x 2 / (21 + 21)
    [InlineData(PlacementPolicy.Closest, 3, 40.5)] // 1000 x 6 / (4 x 21 + 2 x 32)
    [InlineData(PlacementPolicy.Spread, 1, 37.5)] // (0/4 of the CPUs, the emulator has the fourth, + 6/8 of the memory) / 2
    [InlineData(PlacementPolicy.Pack, 1, 62.5)]
    [InlineData(PlacementPolicy.Spread, 3, 79.2)] // ((2/4 + 3/4 + 3/4) / 3 + 22/24) / 2
    [InlineData(PlacementPolicy.Pack, 3, 20.8)]
    public void A_score_is_what_its_parts_come_to(PlacementPolicy policy, int cells, double score)
    {
        var topology = Questions.Machine().Topology();
        var wish = new GuestWish("g", 3, 2 * Questions.GiB, Cells: cells, Policy: policy, Limits: new FitLimits());

        var candidate = new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", topology), [], null).Answer.Candidates[0];

        Assert.Equal(score, candidate.Score!.Value, 0.051);
        Assert.Equal(candidate.Score, candidate.ScoreParts!.Score);
        Assert.Equal(cells, candidate.ScoreParts.Cells.Count);
    }

    [Fact]
    public void Guest_cells_on_one_host_cell_leave_what_both_of_them_leave()
    {
        var machine = Questions.Machine();
        var wish = new GuestWish("g", 4, 4 * Questions.GiB, Cells: 2, Policy: PlacementPolicy.Spread, Limits: new FitLimits(), AllowSharedCells: true);

        var candidate = new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", (machine with { Cells = [machine.Cells[0]] }).Topology()), [], null).Answer.Candidates[0];

        Assert.Equal([new CellLeft(0, 0, 4, 4 * Questions.GiB, 8 * Questions.GiB)], candidate.ScoreParts!.Cells);
        Assert.Equal(25, candidate.Score);
    }
}
