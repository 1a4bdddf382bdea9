using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Recorder.Demo;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Demo;

/// <summary>The bundled week: every planted incident is found by the command that its first screen names.</summary>
public sealed class DemoTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    [Fact]
    public async Task Every_planted_incident_is_found_by_the_command_that_is_named()
    {
        var (code, screen, error) = await UpAsync();

        Assert.True(code == ExitCode.Yes, error);
        Assert.All(DemoIncidents.All, incident => Assert.Contains(incident.Command, screen, StringComparison.Ordinal));
        string[] signs = ["cpu-offline", "cell-split", "cell-renumbered", "smt-changed", "cell-gone", "memory-shrunk", "no samples for 3h"];
        foreach (var (incident, sign) in DemoIncidents.All.Zip(signs))
        {
            Assert.Contains(sign, (await store.AskAsync($"{incident.Command["numa-history ".Length..]} -o wide")).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Before_the_first_incident_every_guest_fits_and_in_the_gap_nobody_can_tell()
    {
        await UpAsync();

        var before = await store.AskAsync("fit --at 2026-10-26T14:00Z -o json");
        var gap = await store.AskAsync("fit batch01 --at 2026-10-29T15:00Z -o json");

        Assert.Equal(0, before.Code);
        Assert.Equal(8, before.Items().Length);
        Assert.Equal("UNKNOWN", gap.Item().GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Replaying_it_again_adds_nothing()
    {
        await UpAsync();
        var events = await store.AskAsync<long>("select count(*) from history.mt_events");

        await UpAsync();

        Assert.Equal(events, await store.AskAsync<long>("select count(*) from history.mt_events"));
        Assert.InRange(events, 500, 1000);
    }

    private async Task<(ExitCode Code, string Out, string Error)> UpAsync()
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output, error, Stream.Null, TimeProvider.System, name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null, false);
        var code = await RecorderProgram.RunAsync(
            ["up", "--demo", "--at", TimeText.Utc(End), "--for", "1s"], context, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
