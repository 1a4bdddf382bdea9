using System.Globalization;
using System.Text.RegularExpressions;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Whoever does what the words say has a guest that fits, and nobody is told to do what does not help.</summary>
public sealed partial class ShortageTests
{
    private const long GiB = Questions.GiB;

    [Theory]
    [InlineData(1)]
    [InlineData(1025)]
    [InlineData(8 * GiB)]
    [InlineData((8 * GiB) + 123_456)]
    [InlineData((1024 * GiB) - 17)]
    public void Memory_named_to_be_asked_for_is_rounded_down_so_that_the_guest_fits(long has)
    {
        var repair = Assert.Single(Repairs(Memory(8192 * GiB, has, 0)));

        var named = Size(repair);

        Assert.StartsWith("ask for no more than ", repair, StringComparison.Ordinal);
        Assert.InRange(named, has - (has / 9), has);
        Assert.True(Placer.Place(Memory(named, has, 0)).Fits, repair);
    }

    [Theory]
    [InlineData(1025)]
    [InlineData((4 * GiB) + 123_456)]
    public void Memory_named_to_be_freed_is_rounded_up_so_that_the_guest_fits_then(long missing)
    {
        const long has = 8 * GiB;
        var repair = Assert.Single(Repairs(Memory(has, has, missing)));

        var named = Size(repair);

        Assert.StartsWith("free ", repair, StringComparison.Ordinal);
        Assert.InRange(named, missing, missing + Math.Max(1, missing / 9));
        Assert.True(Placer.Place(Memory(has, has, Math.Max(0, missing - named))).Fits, repair);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0,2,4")]
    [InlineData("0-7")]
    public void More_cores_than_a_cell_has_are_not_got_by_freeing_CPUs(string used)
    {
        var room = new CellRoom(0, DedicatedCpus: Some.Cpus("0-7"), Siblings: Cores("0-1", "2-3", "4-5", "6-7"));

        var answer = Placer.Place(Cpus(room with { UsedDedicatedCpus = Some.Cpus(used) }, 6, SmtPolicy.Isolate));

        var finding = Assert.Single(answer.Rejected[0].Findings, finding => finding.Code == "smt-policy");
        Assert.StartsWith("ask for no more than 4 vCPUs in a guest cell", finding.Repair, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Rejected[0].Findings, other => other.Repair is { } repair && FreeCpus().IsMatch(repair));
        Assert.True(Placer.Place(Cpus(room, 4, SmtPolicy.Isolate)).Fits);
    }

    [Fact]
    public void As_many_vCPUs_as_sit_in_pairs_are_named_where_one_may_be_alone()
    {
        var room = new CellRoom(0, DedicatedCpus: Some.Cpus("0-4,6"), Siblings: Cores("0-1", "2-4", "6"));

        Assert.Equal(["ask for no more than 5 vCPUs in a guest cell"], Repairs(Cpus(room, 6, SmtPolicy.Require)));
        Assert.True(Placer.Place(Cpus(room, 5, SmtPolicy.Require)).Fits);
    }

    [Fact]
    public void Where_all_CPUs_of_a_cell_are_free_none_is_to_be_freed()
    {
        var room = new CellRoom(0, DedicatedCpus: Some.Cpus("2-3"));

        Assert.Equal(["ask for no more than 2 CPUs in a guest cell"], Repairs(Cpus(room, 2, null, reserved: 1)));
        Assert.True(Placer.Place(Cpus(room, 1, null, reserved: 1)).Fits);
    }

    [Fact]
    public void A_page_for_two_guest_cells_is_too_few()
    {
        var topology = Questions.Cell(
            Questions.Cell(Questions.Machine().Topology(), 0, Pooled), 1, Pooled);
        var wish = new GuestWish("g", 2, GiB, Cells: 2, PageSizeKiB: GiB, Limits: new FitLimits());

        var finding = Assert.Single(Place(wish, topology).Rejected[0].Findings);

        Assert.Equal(("hugepages", "ask for at least 2 GiB, for fewer guest cells or for smaller pages"), (finding.Code, finding.Repair));
        Assert.Contains("1 GiB in pages of 1 GiB are too few for 2 guest cells", finding.Text, StringComparison.Ordinal);
        Assert.True(Place(wish with { MemoryKiB = 2 * GiB }, topology).Fits);
        Assert.True(Place(wish with { Cells = 1 }, topology).Fits);
    }

    private static Cell Pooled(Cell cell) => cell with { Pages = [new PagePool(GiB, 1)] };

    private static PlacementAnswer Place(GuestWish wish, HostTopology topology) =>
        new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", topology, Questions.Free(topology)), [], null).Answer;

    private static PlacementRequest Memory(long asked, long has, long used) => Ask(
        new CellRoom(0, DedicatedCpus: Some.Cpus("0"), MemoryKiB: has, MemoryUsedKiB: used), new CellDemand(0, DedicatedVcpus: Some.Cpus("0"), MemoryKiB: asked));

    private static PlacementRequest Cpus(CellRoom room, int vcpus, SmtPolicy? smt, int reserved = 0) =>
        Ask(room, new CellDemand(0, DedicatedVcpus: CpuSet.Range(0, vcpus - 1), Smt: smt, ReservedCpus: reserved));

    private static PlacementRequest Ask(CellRoom room, CellDemand demand) => new(new PlacementHost("h", [room]), new PlacementGuest([demand]));

    private static CpuSet[] Cores(params string[] cores) => [.. cores.Select(Some.Cpus)];

    private static IEnumerable<string> Repairs(PlacementRequest request) =>
        Placer.Place(request).Rejected[0].Findings.Select(finding => finding.Repair).OfType<string>();

    // Tenths of a unit are no whole KiB; what is below one helps nobody.
    private static long Size(string repair)
    {
        var words = Named().Match(repair).Groups;
        return (long)(decimal.Parse(words[1].Value, CultureInfo.InvariantCulture) * (1L << (10 * "KMGT".IndexOf(words[2].Value[0]))));
    }

    [GeneratedRegex("^(?:ask for no more than|free) ([0-9.]+) ([KMGT])iB ")]
    private static partial Regex Named();

    [GeneratedRegex("free [0-9]+ CPU")]
    private static partial Regex FreeCpus();
}
