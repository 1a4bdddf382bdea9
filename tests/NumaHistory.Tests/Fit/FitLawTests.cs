using CsCheck;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>What holds for every pinning and every machine.</summary>
public sealed class FitLawTests
{
    private static readonly Gen<Situation> Situations = Gen.Enum<Situation>();

    [Fact]
    public void A_pinning_fits_the_very_context_it_was_made_in() => Gen.Select(GensQuestion.Fitting, Situations)
        .Sample((guest, situation) =>
        {
            var report = FitCheck.Check(Questions.Ask(guest) with { Situation = situation });
            return report.Verdict == Verdict.Fits || report.Findings.All(finding => finding.Code is "memory-tight" || finding.Verdict == Verdict.Info);
        });

    [Fact]
    public void Taking_a_pinned_CPU_away_never_improves_a_verdict() => Gen.Select(
            GensQuestion.Fitting, Gen.Enum<SmtPolicy>().Nullable(), Gen.Bool.Nullable(), Gen.Bool, Gen.Bool, Gen.Int[0, 99], Situations)
        .Sample((guest, smt, exclusive, gone, withContext, which, situation) =>
        {
            var pinned = guest.Pins.SelectMany(pin => pin.Cpus!.Members()).ToList();
            var lost = CpuSet.Of(pinned[which % pinned.Count]);
            var question = Questions.Ask(guest with { Smt = smt, Exclusive = exclusive }) with
            {
                Situation = situation,
                Others = [Other(CpuSet.Of(3, 7, 9))],
            };
            question = withContext ? question : question with { Context = null };
            var without = (Questions.Machine() with { Offline = lost }).Topology();
            without = gone ? Questions.Masks(without, masks => masks with { Present = masks.Present!.Except(lost) }) : without;

            return FitCheck.Check(question with { Host = question.Host with { Topology = without } }).Verdict >= FitCheck.Check(question).Verdict;
        });

    [Fact]
    public void New_numbers_for_machine_and_pins_together_change_nothing() => Gen.Select(
            GensQuestion.Fitting, Gen.Enum<SmtPolicy>().Nullable(), Gen.Bool.Nullable(), Gen.Int[0, 15], Gen.Shuffle(Enumerable.Range(0, 16).ToArray()), Gen.Shuffle(Enumerable.Range(0, 4).ToArray()))
        .Sample((guest, smt, exclusive, offline, cpus, cells) =>
        {
            var question = Questions.Ask(guest with { Smt = smt, Exclusive = exclusive }, (Questions.Machine() with { Offline = CpuSet.Of(offline) }).Topology()) with
            {
                Others = [Other(CpuSet.Of(3, 7, 9))],
            };

            return Codes(FitCheck.Check(question)).SequenceEqual(Codes(FitCheck.Check(new Relabelled(cpus, cells).Of(question))));
        });

    [Fact]
    public void More_hardware_never_breaks_a_pinning() => Gen.Select(GensQuestion.Fitting, Situations)
        .Sample((guest, situation) =>
        {
            var larger = Questions.Machine().With(new MachineCell(4, CpuSet.Range(16, 19), 32 * Questions.GiB, Socket: 2)).Topology();
            var report = FitCheck.Check(Questions.Ask(guest) with { Situation = situation, Host = new FitHost("h1", larger, Questions.Free(larger)) });

            return report.Verdict < Verdict.Unknown;
        });

    [Fact]
    public void The_order_of_the_other_guests_never_matters() => GensQuestion.Any.Sample(question =>
        Same(FitCheck.Check(question), FitCheck.Check(question with { Others = [.. question.Others.Reverse()] })));

    [Fact]
    public void Any_question_gets_an_answer_with_its_worst_finding_as_verdict() => GensQuestion.Any.Sample(question =>
    {
        var report = FitCheck.Check(question);
        return report.Verdict == report.Findings.Select(finding => finding.Verdict).Append(Verdict.Fits).Max();
    });

    private static GuestPins Other(CpuSet cpus) => new("other", Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, cpus)]);

    private static IEnumerable<string> Codes(FitReport report) =>
        report.Findings.Select(finding => $"{finding.Code} {finding.Verdict}").Order(StringComparer.Ordinal);

    private static bool Same(FitReport left, FitReport right) =>
        left.Verdict == right.Verdict && left.Findings.Select(finding => finding.Text).SequenceEqual(right.Findings.Select(finding => finding.Text));
}
