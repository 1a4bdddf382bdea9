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
        Assert.StartsWith("8 guests: 4 BROKEN, 2 DEGRADED; BROKEN batch01: ", screen.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        string[] signs = ["cpu-offline", "cell-split", "cell-renumbered", "smt-changed", "cell-gone", "memory-shrunk", "no samples for 3h", "CPU 4 is offline"];
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
        var blame = await store.AskAsync("blame batch01 --at 2026-10-29T15:00Z -o json");
        Assert.Equal(
            (1, "UNKNOWN", "sampling.gap"),
            (blame.Code, blame.Item().GetProperty("verdict").GetString(), blame.Item().GetProperty("event").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_guest_that_is_nowhere_is_blamed_up_to_its_end_and_not_up_to_now()
    {
        await UpAsync();

        var json = await store.AskAsync($"blame tmp01 --at {TimeText.Utc(End)} -o json");
        var table = await store.AskAsync($"blame tmp01 --at {TimeText.Utc(End)}");

        var item = json.Item();
        Assert.Equal((1, "BROKEN", "pinning.released"), (json.Code, Verdict(item), item.GetProperty("endedBy").GetProperty("type").GetString()));
        Assert.Equal(item.GetProperty("ended").GetString(), item.GetProperty("endedBy").GetProperty("observedAt").GetString());
        Assert.True(item.GetProperty("since").GetDateTimeOffset() < item.GetProperty("ended").GetDateTimeOffset());
        Assert.Contains("tmp01 was pinned on demo-a until ", table.Out, StringComparison.Ordinal);
        Assert.Matches("since +[^,]+, for [0-9]+h until [^,]+\n", table.Out);
        Assert.EndsWith($"numa-history history tmp01 --at {TimeText.Utc(End)}\n", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blame_of_the_past_counts_up_to_that_moment_and_names_it_again()
    {
        await UpAsync();

        var answer = await store.AskAsync("blame web02 --at 2026-10-30T12:00:00Z");

        Assert.Matches("since +2026-10-[^,]+, for [0-9]d\n", answer.Out);
        Assert.DoesNotContain("for 5d", answer.Out, StringComparison.Ordinal);
        Assert.EndsWith("numa-history fit web02 --at 2026-10-30T12:00:00Z\n", answer.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web02", "DEGRADED", "capacity.observed", "cpu-offline")]
    [InlineData("db01", "DEGRADED", "move.declared", null)]
    [InlineData("cache01", "DEGRADED", "topology.observed", "cell-renumbered")]
    [InlineData("batch01", "BROKEN", "capacity.observed", "smt-changed")]
    [InlineData("gpu01", "BROKEN", "topology.observed", "cell-gone")]
    [InlineData("big01", "BROKEN", "capacity.observed", "memory-shrunk")]
    public async Task Every_planted_incident_is_blamed(string guest, string verdict, string type, string? change)
    {
        await UpAsync();

        var answer = await store.AskAsync($"blame {guest} --at {TimeText.Utc(End)} -o json");

        var item = answer.Item();
        Assert.Equal((1, verdict, type), (answer.Code, item.GetProperty("verdict").GetString(), item.GetProperty("event").GetProperty("type").GetString()));
        Assert.Equal(item.GetProperty("since").GetString(), item.GetProperty("event").GetProperty("observedAt").GetString());
        Assert.Equal(item.GetProperty("since").GetString(), item.GetProperty("lastFitted").GetString());
        Assert.Equal(change, item.GetProperty("changes").EnumerateArray().Select(one => one.GetProperty("name").GetString()).FirstOrDefault());
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("blame")]
    public async Task An_offline_CPU_is_proved_by_the_event_that_took_it_offline(string verb)
    {
        await UpAsync();
        var blamed = (await store.AskAsync($"blame web02 --at {TimeText.Utc(End)} -o json")).Item().GetProperty("event").GetProperty("id").GetString();

        var findings = (await store.AskAsync($"{verb} web02 --at {TimeText.Utc(End)} -o json")).Items()[0].GetProperty("findings");

        var offline = findings.EnumerateArray().Single(finding => finding.GetProperty("code").GetString() == "cpu-offline");
        Assert.Equal([blamed], offline.GetProperty("proof").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task A_decision_that_rested_on_what_was_out_of_date_is_told_from_what_was_true()
    {
        await UpAsync();

        var answer = await store.AskAsync("hindsight bench01 -o json", End);

        var item = answer.Item();
        Assert.Equal(
            (1, "FITS", "BROKEN", true),
            (answer.Code, Verdict(item, "known"), Verdict(item, "actual"), item.GetProperty("differs").GetBoolean()));
        var late = item.GetProperty("late").EnumerateArray().Single(one => one.GetProperty("type").GetString() == "capacity.observed");
        Assert.True(late.GetProperty("decisive").GetBoolean(), answer.Out);
        Assert.True(late.GetProperty("observedAt").GetDateTimeOffset() < item.GetProperty("decidedAt").GetDateTimeOffset());
        Assert.True(late.GetProperty("recordedAt").GetDateTimeOffset() > item.GetProperty("recordedAt").GetDateTimeOffset());
        Assert.Equal(
            ["BROKEN", "FITS"], item.GetProperty("since").GetProperty("intervals").EnumerateArray().Select(one => one.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_decision_of_which_everything_was_known_differs_in_nothing()
    {
        await UpAsync();
        var position = (await store.AskAsync("hindsight web01 -o json", End)).Item().GetProperty("position").GetInt64();

        var answer = await store.AskAsync($"hindsight {position} -o json", End);

        var item = answer.Item();
        Assert.Equal((0, "web01", false), (answer.Code, item.GetProperty("guest").GetString(), item.GetProperty("differs").GetBoolean()));
        Assert.Equal(0, item.GetProperty("late").GetArrayLength());
        Assert.InRange(item.GetProperty("since").GetProperty("share").GetDouble(), 0.9, 0.99);
        Assert.Equal(4, (await store.AskAsync("hindsight 1", End)).Code);
        Assert.Equal(4, (await store.AskAsync("hindsight floating01", End)).Code);
    }

    [Theory]
    [InlineData("place --vcpus 1 --memory 1GiB --host demo-a --at first")]
    [InlineData("place --vcpus 1 --memory 1GiB --host demo-a --replay --since first --at last")]
    [InlineData("fit web01 --host demo-a --at first")]
    [InlineData("fit --matrix --host demo-b --at boot")]
    [InlineData("fit web01 --host demo-a --replay --since first --at last")]
    [InlineData("pins --host demo-a --at boot")]
    [InlineData("what-fits demo-a --at last")]
    [InlineData("overlaps demo-a --since first --at last")]
    public async Task Boot_first_and_last_are_those_of_the_host_that_is_named(string line)
    {
        await UpAsync();

        var answer = await store.AskAsync(line);

        Assert.True(answer.Code is 0 or 1 || answer.Err.Contains("no guest", StringComparison.Ordinal), answer.Err);
    }

    // SMT that is off and a device that is gone are beyond other pins.
    [Theory]
    [InlineData("web02", "FITS")]
    [InlineData("db01", "FITS")]
    [InlineData("cache01", "FITS")]
    [InlineData("big01", "FITS")]
    [InlineData("batch01", null)]
    [InlineData("gpu01", null)]
    public async Task An_incident_that_other_pins_can_mend_has_a_plan_that_fits(string guest, string? verdict)
    {
        await UpAsync();

        var answer = await store.AskAsync($"fit {guest} --repair --situation running --at {TimeText.Utc(End)} -o json");

        var repair = answer.Item().GetProperty("repair");
        Assert.Equal(1, answer.Code);
        Assert.Equal(verdict, repair.GetProperty("plan") is { ValueKind: System.Text.Json.JsonValueKind.Object } plan ? plan.GetProperty("verdict").GetString() : null);
        Assert.Equal(verdict is null, repair.GetProperty("why").GetString() is not null);
    }

    [Fact]
    public async Task What_a_repair_prints_is_judged_as_the_new_pinning_it_is()
    {
        await UpAsync();
        var file = Path.Combine(Path.GetTempPath(), $"numa-test-{Guid.NewGuid():N}.xml");
        await File.WriteAllTextAsync(
            file, (await store.AskAsync($"fit db01 --repair --situation running --at {TimeText.Utc(End)} -o xml")).Out, TestContext.Current.CancellationToken);

        var answer = await store.AskAsync($"fit --domain {file} --host demo-b --at {TimeText.Utc(End)}");

        File.Delete(file);
        Assert.True(answer.Code == 0, answer.Out + answer.Err);
    }

    [Fact]
    public async Task A_running_guest_whose_cells_changed_numbers_goes_where_its_memory_is()
    {
        await UpAsync();

        var answer = await store.AskAsync($"fit cache01 --repair --situation running --at {TimeText.Utc(End)} -o virsh");

        Assert.Equal(
            [
                "virsh vcpupin cache01 0 16 --live --config", "virsh vcpupin cache01 1 17 --live --config",
                "virsh vcpupin cache01 2 18 --live --config", "virsh vcpupin cache01 3 19 --live --config",
            ],
            answer.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_replay_of_the_week_shows_the_gap_and_the_share_of_time_that_was_good()
    {
        await UpAsync();

        var answer = await store.AskAsync($"fit batch01 --replay --since -7d --until {TimeText.Utc(End)} --at {TimeText.Utc(End)} -o json");

        var item = answer.Item();
        Assert.Equal(
            ["FITS", "FITS", "UNKNOWN", "FITS", "BROKEN"],
            item.GetProperty("intervals").EnumerateArray().Select(one => one.GetProperty("verdict").GetString()));
        Assert.InRange(item.GetProperty("share").GetDouble(), 0.7, 0.8);
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

    private static string? Verdict(System.Text.Json.JsonElement item) => item.GetProperty("verdict").GetString();

    private static string? Verdict(System.Text.Json.JsonElement item, string side) => item.GetProperty(side).GetProperty("verdict").GetString();

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
