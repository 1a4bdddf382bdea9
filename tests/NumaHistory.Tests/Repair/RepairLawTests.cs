using CsCheck;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;

namespace NumaHistory.Tests.Repair;

/// <summary>What holds for every plan on any small host.</summary>
public sealed class RepairLawTests
{
    private static readonly Gen<FitQuestion> Questionable =
        from guest in GensQuestion.Fitting
        from smt in Gen.Enum<SmtPolicy>().Nullable()
        from exclusive in Gen.Bool.Nullable()
        from offline in Gen.Int[0, 15].Array[0, 10]
        from swap in Gen.Shuffle(Enumerable.Range(0, 4).ToArray())
        from isSwapped in Gen.Bool
        from others in Gen.Int[0, 15].Array[0, 3]
        from withContext in Gen.Bool
        from situation in Gen.Enum<Situation>()
        let machine = Questions.Machine() with { Offline = CpuSet.Of(offline) }
        let host = (isSwapped ? machine.Renumbered(id => swap[id]) : machine).Topology()
        select Questions.Ask(guest with { Smt = smt, Exclusive = exclusive }, host) with
        {
            Situation = situation,
            Context = withContext ? new FitContext(Questions.Machine().Topology()) : null,
            Others = [new GuestPins("other", Exclusive: exclusive, Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, CpuSet.Of(others))])],
        };

    [Fact]
    public void A_plan_leads_to_a_better_verdict_and_never_to_one_that_cannot_be_told() => Questionable.Sample(question =>
    {
        var (report, plan) = Plan(question);
        return plan is null || (plan.Verdict < report.Verdict && plan.Verdict != Verdict.Unknown);
    });

    [Fact]
    public void The_check_of_the_proposal_on_that_host_says_the_same_as_the_plan() => Questionable.Sample(question =>
    {
        var (_, plan) = Plan(question);
        return plan is null || FitCheck.Check(question with
        {
            Guest = plan.Proposed,
            Context = new FitContext(question.Host.Topology),
        }).Verdict <= plan.Verdict;
    });

    [Fact]
    public void A_plan_keeps_who_the_guest_is_what_it_has_and_what_it_was_promised() => Questionable.Sample(question =>
    {
        var (_, plan) = Plan(question);
        var guest = question.Guest;
        return plan is null || (plan.Proposed with { Pins = guest.Pins, Cpus = guest.Cpus, Emulator = guest.Emulator, Iothreads = guest.Iothreads, Memory = guest.Memory, GuestCells = guest.GuestCells }) == guest
            && plan.Proposed.Pins.Select(pin => pin.Vcpu).SequenceEqual(guest.Pins.Select(pin => pin.Vcpu))
            && plan.Proposed.Memory?.Mode == guest.Memory?.Mode;
    });

    [Fact]
    public void No_plan_takes_what_another_guest_has_alone() => Questionable.Sample(question =>
    {
        var (_, plan) = Plan(question);
        var theirs = question.Others[0] is { Exclusive: true } other ? other.Pins[0].Cpus! : CpuSet.Empty;
        return plan is null || plan.Verdict == Verdict.Broken || plan.Proposed.Pins.All(pin => !pin.Cpus!.Overlaps(theirs));
    });

    [Fact]
    public void Who_shared_a_CPU_before_shares_one_after_unless_each_was_promised_its_own() => Questionable.Sample(question =>
    {
        var (_, plan) = Plan(question);
        return plan is null || question.Guest.Exclusive == true || plan.Proposed.Pins.Zip(question.Guest.Pins).All(left =>
            plan.Proposed.Pins.Zip(question.Guest.Pins).All(right =>
                !left.Second.Cpus!.Equals(right.Second.Cpus) || left.First.Cpus!.Equals(right.First.Cpus)));
    });

    [Fact]
    public void A_plan_is_the_same_every_time() => Questionable.Sample(question =>
        Plan(question).Plan?.Moves.SequenceEqual(Plan(question).Plan!.Moves) != false);

    [Fact]
    public void Any_question_at_all_gets_a_plan_or_a_reason() => GensQuestion.Any.Sample(question =>
    {
        var answer = Repairer.Plan(question, FitCheck.Check(question));
        return answer.Plan is null != answer.Why is null;
    });

    [Fact]
    public void A_guest_that_lost_its_CPUs_fits_again_wherever_a_cell_has_room() => Gen.Select(Gen.Int[1, 4], Gen.Int[0, 3], Gen.Int[0, 3])
        .Sample((vcpus, home, free) =>
        {
            var offline = CpuSet.Range(0, 15).Except(CpuSet.Range(free * 4, (free * 4) + 3));
            var guest = Questions.Guest() with
            {
                Vcpus = new GuestVcpus(vcpus, vcpus),
                Pins = [.. Enumerable.Range(0, vcpus).Select(vcpu => new VcpuPin(vcpu, CpuSet.Of((home * 4) + vcpu)))],
                Memory = new MemoryBinding(MemoryMode.Strict, CpuSet.Of(home)),
            };
            var question = Questions.Ask(guest, (Questions.Machine() with { Offline = offline }).Topology());
            return home == free || Plan(question).Plan?.Verdict == Verdict.Fits;
        });

    private static (FitReport Report, RepairPlan? Plan) Plan(FitQuestion question)
    {
        var report = FitCheck.Check(question);
        return (report, Repairer.Plan(question, report).Plan);
    }
}
