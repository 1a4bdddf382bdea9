using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Fit;

/// <summary>One row of the rules: what turns a fitting question into its verdict.</summary>
internal sealed record FitRow(string Name, string Code, Verdict Verdict, Func<FitQuestion, FitQuestion> Change)
{
    /// <summary>What has to be so beforehand, for a question that still fits.</summary>
    public Func<FitQuestion, FitQuestion> Given { get; init; } = question => question;

    public static FitRow OfGuest(string name, string code, Verdict verdict, Func<GuestPins, GuestPins> change) =>
        new(name, code, verdict, question => question with { Guest = change(question.Guest) });

    public static FitRow OfHost(string name, string code, Verdict verdict, Func<HostTopology, HostTopology> change) =>
        new(name, code, verdict, question => question with { Host = question.Host with { Topology = change(question.Host.Topology!) } });

    public FitRow InContext(Func<GuestPins, GuestPins> guest) =>
        this with { Given = question => question with { Guest = guest(question.Guest) } };

    public FitRow Running() => this with { Given = Then(Given, question => question with { Situation = Situation.Running }) };

    public FitRow Running(Func<FitQuestion, FitQuestion> given) => (this with { Given = Then(Given, given) }).Running();

    public FitRow WithoutContext() => this with { Given = Then(Given, question => question with { Context = null }) };

    private static Func<FitQuestion, FitQuestion> Then(Func<FitQuestion, FitQuestion> first, Func<FitQuestion, FitQuestion> second) =>
        question => second(first(question));
}
