using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Repair;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Repair;

/// <summary>Repairs that are given together can be applied together.</summary>
public sealed class RepairSeriesTests
{
    private static readonly GuestPins[] Three = [.. Enumerable.Range(1, 3).Select(i => Guest(i, "4"))];

    [Fact]
    public void Three_that_were_forced_onto_one_CPU_go_to_CPUs_of_their_own()
    {
        var answers = RepairSeries.Plan(Judged(Three, Three));

        Assert.Equal(["vcpu 0: 4 -> 5", "vcpu 0: 4 -> 6"], answers.Take(2).Select(answer => Move(answer.Plan!)));
        Assert.Equal("it fits once what is proposed for x1, x2 is done", answers[2].Why);
        Assert.DoesNotContain(answers[1].Plan!.Notes, note => note.StartsWith("it counts on", StringComparison.Ordinal));
        var after = Three.Zip(answers, (guest, answer) => answer.Plan?.Proposed ?? guest).ToArray();
        Assert.All(after, guest => Assert.Equal(Verdict.Fits, FitCheck.Check(Ask(guest, after)).Verdict));
    }

    [Fact]
    public void On_a_host_where_none_of_them_is_yet_they_keep_away_from_each_other_and_from_those_that_fit()
    {
        GuestPins[] coming = [Guest(1, "40"), Guest(2, "41"), Guest(3, "6")];

        var answers = RepairSeries.Plan(Judged(coming, []));

        GuestPins[] after = [answers[0].Plan!.Proposed, answers[1].Plan!.Proposed, coming[2]];
        Assert.All(after, guest => Assert.Equal(Verdict.Fits, FitCheck.Check(Ask(guest, after)).Verdict));
    }

    [Fact]
    public void A_CPU_that_another_repair_frees_is_had_after_that()
    {
        var away = Guest(1, "4") with { State = "running", Layer = PinLayer.Live, Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("2")), MemoryKiB = 7 * Questions.GiB };
        var coming = Guest(2, "40") with { Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("1")), MemoryKiB = 7 * Questions.GiB };
        GuestPins[] there = [away, Guest(3, "5"), Guest(4, "6"), Guest(5, "0-3"), Guest(6, "12-15")];

        FitQuestion[] asked = [Ask(away, there) with { Context = null }, Ask(coming, there)];
        var answers = RepairSeries.Plan([.. asked.Select(question => (question, FitCheck.Check(question)))]);

        Assert.Equal(["vcpu 0: 8", "vcpu 0: 4"], answers.Select(answer => $"{answer.Plan!.Moves[0].Subject}: {answer.Plan.Moves[0].To}"));
        Assert.Contains("it counts on what is proposed for x1: apply that first", answers[1].Plan!.Notes);
    }

    [Fact]
    public void Memory_that_one_brings_to_a_cell_is_not_free_for_the_next()
    {
        GuestPins[] large = [Guest(1, "40") with { MemoryKiB = 5 * Questions.GiB }, Guest(2, "41") with { MemoryKiB = 5 * Questions.GiB }];
        GuestPins[] away = [.. large.Select(guest => guest with { Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("9")) })];

        var cells = RepairSeries.Plan(Judged(away, [])).Select(answer => answer.Plan!.Proposed.Memory!.Cells!.ToString());

        Assert.Distinct(cells);
    }

    private static (FitQuestion Question, FitReport Report)[] Judged(GuestPins[] guests, GuestPins[] there) =>
        [.. guests.Select(guest => Ask(guest, there)).Select(question => (question, FitCheck.Check(question)))];

    private static FitQuestion Ask(GuestPins guest, GuestPins[] there) => Questions.Ask(guest) with { Others = there };

    private static string Move(RepairPlan plan) => string.Join(", ", plan.Moves.Select(move => $"{move.Subject}: {move.From} -> {move.To}"));

    private static GuestPins Guest(int number, string cpu) => Questions.Guest() with
    {
        Guest = $"x{number}",
        Uuid = $"5d0c3f8e-0000-4000-8000-00000000001{number}",
        Exclusive = true,
        MemoryKiB = Questions.GiB,
        Vcpus = new GuestVcpus(1, 1),
        Pins = [new VcpuPin(0, Some.Cpus(cpu))],
    };
}
