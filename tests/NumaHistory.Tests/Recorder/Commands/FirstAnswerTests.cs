using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Replay;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Recorder.Commands;

/// <summary>The line a first screen ends with.</summary>
public sealed class FirstAnswerTests
{
    private static readonly HostTopology Whole = Questions.Machine().Topology();

    [Fact]
    public void One_guest_that_is_broken_is_named_with_what_broke_it_and_since_when()
    {
        var line = Answer([Decided(0, "3"), Decided(1, "4"), Decided(2, "5"), Seen(Some.Cpus("0-4,6-15"), 122)]);

        Assert.Equal(
            "3 guests: 1 BROKEN web04: vCPU 0 is pinned to CPU 5, but CPU 5 is offline; it cannot start, since 14:02Z; next: numa-history fit web04",
            line);
    }

    [Fact]
    public void Several_are_counted_and_the_worst_is_named()
    {
        var line = Answer([Decided(0, "4"), Decided(1, "5"), Decided(2, "6"), Seen(Some.Cpus("0-3,6-15"), 122)]);

        Assert.StartsWith("3 guests: 2 BROKEN; BROKEN web02: vCPU 0 is pinned to CPU 4,", line, StringComparison.Ordinal);
        Assert.EndsWith("; next: numa-history fit", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Guests_that_fit_leave_nothing_to_say() =>
        Assert.Equal("1 guest: it FITS; next: numa-history pins", Answer([Decided(0, "4")]));

    [Theory]
    [InlineData(1, "numa-recorder up --demo")]
    [InlineData(4, "numa-history topology --draw")]
    public void Without_guests_there_is_somewhere_to_go_on(int cells, string next) =>
        Assert.EndsWith(next, FirstAnswer.Of([], cells, Some.Noon), StringComparison.Ordinal);

    private static string Answer(IEnumerable<IHostFact> facts)
    {
        IHostFact[] first =
        [
            new TopologyObserved("h1", "sysfs", Whole.Fingerprint!, Whole.Structure(), Some.Noon),
            new CapacityObserved("h1", "sysfs", Whole.CapacityFingerprint!, Whole.Capacity(), Some.Noon),
        ];
        var input = new ReplayInput([.. first.Concat(facts).Select(fact => new HistoryFact(Guid.NewGuid(), fact))]);
        return FirstAnswer.Of(Replayer.Run(input, new ReplayQuestion(DateTimeOffset.MinValue, Some.Minute(180))), 2, Some.Minute(180));
    }

    // Decided in the minutes after noon: web02, web03, web04.
    private static PinningDecided Decided(int n, string cpu) => new(
        "h1", Histories.Guests[n], $"web0{n + 2}",
        new GuestPins($"web0{n + 2}", Histories.Guests[n].ToString(), Pins: [new VcpuPin(0, Some.Cpus(cpu))], Vcpus: new GuestVcpus(1, 1)),
        new PinningContext(null, null, null, []), "me", "why", "declared", [], [], Some.Minute(n + 1));

    private static CapacityObserved Seen(CpuSet online, int minute)
    {
        var machine = Questions.Masks(Whole, masks => masks with { Online = online });
        return new CapacityObserved("h1", "sysfs", machine.CapacityFingerprint!, machine.Capacity(), Some.Minute(minute));
    }
}
