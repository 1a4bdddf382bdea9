namespace NumaHistory.Recorder.Demo;

/// <summary>The incidents that are planted in the demo, as its first screen and the README list them.</summary>
internal static class DemoIncidents
{
    public static readonly IReadOnlyList<DemoIncident> All =
    [
        new("CPU 5 goes offline under a pin", "numa-history fit web02"),
        new("a migration keeps CPU numbers that mean other cells", "numa-history fit db01"),
        new("a boot renumbers cells 1 and 2", "numa-history fit cache01"),
        new("SMT is switched off under sibling pairs", "numa-history fit batch01"),
        new("a cell is lost", "numa-history fit gpu01"),
        new("half of a cell's memory is gone", "numa-history fit big01"),
        new("nothing was sampled for three hours", "numa-history history demo-b --kind sampling.gap"),
        new("a decision rests on what was out of date", "numa-history hindsight bench01"),
    ];
}
