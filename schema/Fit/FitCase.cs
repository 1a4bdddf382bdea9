using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>One question while it is judged: what was asked, arranged, and what has been found.</summary>
internal sealed class FitCase
{
    private List<Finding>? _findings;
    private List<string>? _unchecked;

    public FitCase(FitQuestion question, Situation situation, HostTopology host)
    {
        Question = question;
        Situation = situation;
        Host = TopologyIndex.Of(host);
        Pins = GuestIndex.Of(question.Guest);
        Context = question.Context?.Topology is { } then ? TopologyIndex.Of(then) : null;
        SameStructure = Context is not null && Same(Context.Topology.Fingerprint, host.Fingerprint, Context.Topology, host);
        SameCapacity = Context is not null
            && Same(Context.Topology.CapacityFingerprint, host.CapacityFingerprint, Context.Topology, host);
    }

    public FitQuestion Question { get; }

    public Situation Situation { get; }

    public TopologyIndex Host { get; }

    public GuestPins Guest => Question.Guest;

    public GuestIndex Pins { get; }

    /// <summary>The machine on which the pinning was made; null = it was not kept.</summary>
    public TopologyIndex? Context { get; }

    public bool SameStructure { get; }

    public bool SameCapacity { get; }

    public bool IsRunning => Situation == Situation.Running;

    /// <summary>Whether the guest has its memory on that host already.</summary>
    public bool HoldsMemory => IsRunning || (Question.HoldsMemoryThere && Situation == Situation.Start);

    public IReadOnlyList<Finding> Findings => _findings ?? [];

    public IReadOnlyList<string> Unchecked => _unchecked ?? [];

    public void Add(
        string code,
        Verdict verdict,
        string subject,
        string? saved,
        string? observed,
        string text,
        string? repair = null,
        IReadOnlyList<Guid>? proof = null,
        string? basis = null) =>
        (_findings ??= []).Add(new Finding(
            code, verdict, subject, saved, observed, proof ?? Question.Evidence.Capacity, repair, FindingCodes.Dimension(code), text, basis));

    /// <summary>Says otherwise what was found from a place on.</summary>
    public void Excuse(int from, Func<Finding, Finding> change)
    {
        for (var i = from; i < _findings!.Count; i++)
        {
            _findings[i] = change(_findings[i]);
        }
    }

    /// <summary>Notes something that the facts do not tell.</summary>
    public void CouldNotCheck(string what) => (_unchecked ??= []).Add(what);

    private static bool Same(Fingerprint? left, Fingerprint? right, HostTopology before, HostTopology now) =>
        ReferenceEquals(before, now) || (left is not null && left == right);
}
