namespace NumaHistory.Recorder.Demo;

/// <summary>Something that happens in the demo's week, so long after its beginning.</summary>
internal abstract record DemoStep(TimeSpan After)
{
    /// <summary>From now on the machine is like this and these guests run on it.</summary>
    public sealed record Look(TimeSpan After, DemoMachine Machine, IReadOnlyList<DemoGuest> Guests) : DemoStep(After);

    /// <summary>It turns out that for a moment the machine was like this, so long after the beginning as Seen says.</summary>
    public sealed record Late(TimeSpan After, TimeSpan Seen, DemoMachine Machine) : DemoStep(After);

    /// <summary>Somebody decides a pinning; forced = although another guest holds the CPUs.</summary>
    public sealed record Decide(TimeSpan After, string Host, DemoGuest Guest, string By, string Why, bool Forced = false)
        : DemoStep(After);

    public sealed record Release(TimeSpan After, DemoGuest Guest, string By, string Why) : DemoStep(After);

    public sealed record Move(TimeSpan After, DemoGuest Guest, string To, string By, string Why) : DemoStep(After);

    /// <summary>Nothing was sampled on the host until then; After is the far end.</summary>
    public sealed record Gap(TimeSpan After, TimeSpan From, string Host) : DemoStep(After);

}
