using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>A CPU that is offline is proved by the event that took it offline.</summary>
public sealed class OfflineProofTests
{
    private static readonly Guid[] Events = [.. Enumerable.Range(1, 4).Select(_ => Guid.NewGuid())];

    [Theory]
    [InlineData("0-15", "0-4,6-15", "0-4,6-14", 2)]
    [InlineData("0-4,6-15", "0-15", "0-4,6-15", 3)]
    [InlineData("0-4,6-15", "0-4,6-15", "0-4,6-14", 1)]
    [InlineData("0-4,6-15", null, "0-4,6-15", 3)]
    public void It_is_the_first_since_which_the_CPU_was_never_online(string first, string? second, string third, int proof)
    {
        var offline = Questions.Masks(Questions.Machine().Topology(), masks => masks with { Online = Some.Cpus("0-4,6-15") });
        var report = FitCheck.Check(Questions.Ask(host: offline) with { Evidence = new FitEvidence([], [Events[2], Events[3]], [], []) });
        (Guid Event, CpuSet? Online)[] told =
            [(Events[2], Some.Cpus(third)), (Events[1], second is null ? null : Some.Cpus(second)), (Events[0], Some.Cpus(first))];

        var proved = OfflineProof.Of(report, id => id == Events[2] ? told : null);

        Assert.Equal([Events[proof - 1]], Assert.Single(proved.Findings, OfflineProof.IsOffline).Proof);
    }

    [Fact]
    public void What_no_event_tells_keeps_its_proof()
    {
        var offline = Questions.Masks(Questions.Machine().Topology(), masks => masks with { Online = Some.Cpus("0-4,6-15") });
        var report = FitCheck.Check(Questions.Ask(host: offline) with { Evidence = new FitEvidence([], [Events[2]], [], []) });

        var proved = OfflineProof.Of(report, _ => [(Events[2], Some.Cpus("0-15"))]);

        Assert.Equal([Events[2]], Assert.Single(proved.Findings, OfflineProof.IsOffline).Proof);
    }
}
