using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Memory and page pools of which nothing is known are no certain no. Four cells of 4 CPUs and, where known, 8 GiB.</summary>
public sealed class UnknownMemoryTests
{
    private const long GiB = Questions.GiB;

    private static readonly GuestWish Wish = new("g", 2, GiB, Limits: new FitLimits());

    [Theory]
    [InlineData(null, null)]
    [InlineData(2048L, null)]
    [InlineData(null, PageChoice.Any)]
    public void A_guest_may_fit_or_not_where_nobody_tells_what_there_is(long? size, PageChoice? choice)
    {
        var answer = Place(Wish with { PageSizeKiB = size, PageSize = choice }, Known(""));
        var record = new PlacementRecord();
        record.Add(Some.Noon, answer);

        Assert.True(answer.Rejected[0].IsUnknown);
        Assert.All(answer.Rejected[0].Findings, finding => Assert.True(finding.Verdict is Verdict.Unknown or Verdict.Info, finding.Text));
        Assert.Contains("nothing tells", answer.Rejected[0].Findings.First(finding => finding.Verdict == Verdict.Unknown).Text, StringComparison.Ordinal);
        Assert.Null(record.Open.Fits);
    }

    [Fact]
    public void What_is_certain_speaks_against_it_whatever_memory_there_is()
    {
        var answer = Place(Wish with { Vcpus = 5, Cells = 1 }, Known(""));

        Assert.False(answer.Rejected[0].IsUnknown);
        Assert.Equal(["overlap", "self-overlap"], answer.Rejected[0].Findings.Select(finding => finding.Code).Order());
    }

    [Fact]
    public void A_cell_that_tells_what_it_has_is_taken_first()
    {
        var answer = Place(Wish, Known("2"));

        Assert.Equal(2, answer.Candidates[0].Cells![0].HostCell);
        Assert.True(Place(Wish with { MemoryKiB = 9 * GiB, Cells = 1 }, Known("2")).Rejected[0].IsUnknown);
        Assert.True(Place(Wish with { Vcpus = 5 }, Known("2")).Rejected[0].IsUnknown);
    }

    [Fact]
    public void Pages_that_are_known_are_enough_where_memory_is_not()
    {
        var topology = Questions.Machine().Topology();
        var pools = HostTopology.Of(
            topology.Cpus, topology.Cells!.Select(cell => cell with { MemoryKiB = null, Pages = [new PagePool(2048, 1024)] }), topology.CpuInfo, topology.Devices);

        Assert.True(Place(Wish with { PageSizeKiB = 2048 }, pools).Fits);
        Assert.False(Place(Wish with { PageSizeKiB = 2048, MemoryKiB = 9 * GiB }, pools).Rejected[0].IsUnknown);
    }

    [Theory]
    [InlineData(null, 512L)]
    [InlineData(2048L, null)]
    public void Where_nobody_tells_what_is_free_the_candidate_says_so(long? page, long? free)
    {
        var topology = new Machine([new MachineCell(0, Some.Cpus("0-7"), 8 * GiB, HugePages: 1024)]).Topology();
        var memory = new ObservedMemory([new CellMemory(0, 8 * GiB, page is null ? null : 6 * GiB, null, [new FreePages(2048, free)])]);
        var wish = Wish with { PageSizeKiB = page };

        Assert.Equal("0", Candidate(wish, new FitHost("h1", topology)).FreeUnknown!.ToString());
        Assert.Equal("0", Candidate(wish, new FitHost("h1", topology, memory)).FreeUnknown!.ToString());
        Assert.Null(Candidate(wish, new FitHost("h1", topology, Questions.Free(topology))).FreeUnknown);
    }

    private static PlacedCandidate Candidate(GuestWish wish, FitHost host) => new HostPlacer(wish, Some.Noon).Place(host, [], null).Answer.Candidates[0];

    private static PlacementAnswer Place(GuestWish wish, HostTopology topology) =>
        new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", topology), [], null).Answer;

    private static HostTopology Known(string cells)
    {
        var topology = Questions.Machine().Topology();
        return HostTopology.Of(
            topology.Cpus,
            topology.Cells!.Select(cell => Some.Cpus(cells).Contains(cell.Id) ? cell : cell with { MemoryKiB = null, Pages = null }),
            topology.CpuInfo,
            topology.Devices);
    }
}
