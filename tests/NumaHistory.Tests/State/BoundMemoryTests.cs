using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.State;

/// <summary>Where the memory of a guest with cells of its own is bound: what a cell says itself outweighs what is said of the whole.</summary>
public sealed class BoundMemoryTests
{
    private static readonly Guid Id = Guid.Parse("4dea22b3-1d52-4d8f-a32b-6c1b5e2f7a20");

    [Theory]
    [InlineData("1", "0", "1", "0-1")]
    [InlineData("0-3", "0", "1", "0-1")]
    [InlineData("1", "0", null, "0-1")]
    [InlineData(null, "0", "1", "0-1")]
    [InlineData("1", null, null, "1")]
    [InlineData(null, null, null, null)]
    public void It_is_where_its_cells_say(string? whole, string? first, string? second, string? bound) =>
        Assert.Equal(bound, Guest(whole, first, second).BoundCells()?.ToString());

    [Fact]
    public void A_decision_on_the_whole_is_not_carried_out_by_a_nodeset_that_its_cells_outweigh()
    {
        var state = new[] { Seen(Guest("1", "0", "1"), 2), (IGuestFact)Decided("1", 1) }.Aggregate(new GuestState(Id), (known, fact) => known.After(fact));
        var moved = state.After(Seen(Guest("1", "1", "1"), 3));

        Assert.NotNull(state.Pins(PinLayer.Config)!.Undone);
        Assert.Null(moved.Pins(PinLayer.Config)!.Undone);
    }

    [Fact]
    public void The_repair_binds_its_cells_and_says_that_virsh_numatune_does_not()
    {
        var question = Questions.Ask(Guest("1", "0", "1")) with { Undone = new UndoneDecision(Decided("1", 1).Pins, "ann", Questions.Machine().Topology()) };

        var finding = Assert.Single(FitCheck.Check(question).Findings, finding => finding.Code == "layer-differs");
        var as_decided = UndoneFindings.AsItWouldBe(question, question.Undone!).Guest;

        Assert.Contains("<memnode>", finding.Repair, StringComparison.Ordinal);
        Assert.Equal(["1", "1"], as_decided.GuestCells.Select(cell => cell.Cells!.ToString()));
    }

    [Theory]
    [InlineData("4", "8", "1", "2")]
    [InlineData("8", "4", "2", "1")]
    [InlineData("4,8", "4,8", "1-2", "1-2")]
    [InlineData("4", "5", "1-2", "1-2")]
    [InlineData("4", "12", "1-2", "1-2")]
    public void A_decision_on_several_cells_binds_each_guest_cell_where_it_is_pinned_if_that_makes_all_of_them(string one, string other, string first, string second)
    {
        var decided = Decided("1-2", 1).Pins with { Pins = [new VcpuPin(0, Some.Cpus(one)), new VcpuPin(1, Some.Cpus(other))] };
        var question = Questions.Ask(Guest("0", "0", "0")) with { Undone = new UndoneDecision(decided, "ann", Questions.Machine().Topology()) };

        Assert.Equal([first, second], UndoneFindings.AsItWouldBe(question, question.Undone!).Guest.GuestCells.Select(cell => cell.Cells!.ToString()));
    }

    private static PinningObserved Seen(GuestPins pins, int minute) => PinningObserved.Of("h1", "libvirt", pins, Some.Minute(minute));

    private static PinningDecided Decided(string cells, int minute) => new(
        "h1", Id, "g", new GuestPins("g", Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus(cells))), new PinningContext(null, null, null, []),
        "ann", "why", "declared", [], [], Some.Minute(minute));

    private static GuestPins Guest(string? whole, string? first, string? second) => new(
        "g",
        Id.ToString(),
        MemoryKiB: 2048,
        Vcpus: new GuestVcpus(2, 2),
        Memory: whole is null ? null : new MemoryBinding(MemoryMode.Strict, Some.Cpus(whole)),
        GuestCells: [Cell(0, first), Cell(1, second)]);

    private static GuestCell Cell(int id, string? cells) =>
        new(id, CpuSet.Of(id), 1024, cells is null ? null : MemoryMode.Strict, cells is null ? null : Some.Cpus(cells));
}
