using System.Text.Json;
using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Exchange;

/// <summary>Exports that were edited, shuffled, cut, or meet a store with recordings of its own.</summary>
public sealed class EventsImportTests(MigratedStore store, MigratedDatabase other) : IClassFixture<MigratedStore>, IClassFixture<MigratedDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_a_host_come_after_the_recording_a_store_has_of_it_in_any_order()
    {
        var host = await LooksAsync("ex-both");
        await other.RecordAsync("import --format events -", await store.ExportAsync($"--host {host} --until {TimeText.Utc(Some.Minute(25))}"));
        await store.Facts.RecordFailureAsync(new SourceFailed(host, "sysfs", "gone", Some.Minute(60)), Cancel);
        var lines = (await store.ExportAsync($"--host {host}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var (code, said) = await other.RecordAsync("import --format events -", string.Join('\n', lines.Reverse()));

        Assert.Equal(ExitCode.Yes, code);
        Assert.DoesNotContain(" 0 new", said, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 known", said, StringComparison.Ordinal);
        foreach (var question in new[] { $"topology {host}", $"pins --host {host}", $"diff {host} --since first" })
        {
            Assert.Equal((await store.AskAsync(question)).Out, (await other.AskAsync(question)).Out);
        }

        await using var source = Npgsql.NpgsqlDataSource.Create(other.ConnectionString);
        Assert.Empty((await new StoreVerification(source).RunAsync(Cancel)).Breaches);
    }

    [Fact]
    public async Task A_line_that_was_edited_is_refused_with_its_place_and_the_others_go_in()
    {
        var host = await LooksAsync("ex-edited");
        var lines = (await store.ExportAsync($"--host {host}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var edited = lines.Select((line, i) => i == 1 ? line.Replace("ex-edited", "ex-forged", StringComparison.Ordinal) : line).Append("{\"specversion\":");
        var file = Path.Combine(Directory.CreateTempSubdirectory("exchange").FullName, "e.jsonl");
        await File.WriteAllLinesAsync(file, edited, Cancel);

        var (code, said) = await other.RecordAsync($"import --format events {file}");

        Assert.Equal(ExitCode.SourceUnusable, code);
        Assert.Contains($"numa-recorder: {file}:2: id ", said, StringComparison.Ordinal);
        Assert.Contains("hint: export it again", said, StringComparison.Ordinal);
        Assert.Contains($"numa-recorder: {file}:{lines.Length + 1}: ", said, StringComparison.Ordinal);
        Assert.Contains($"{file}: {lines.Length - 1} events, {lines.Length - 1} new, 0 known already", said, StringComparison.Ordinal);
        Assert.Equal(0L, await other.AskAsync<long>("select count(*) from numa.host where host_key = 'ex-forged'"));
    }

    [Fact]
    public async Task An_imported_event_says_so_and_keeps_when_and_by_whom_it_was_recorded()
    {
        var host = await LooksAsync("ex-marked");
        await other.RecordAsync("import --format events -", await store.ExportAsync($"--host {host}"));

        var headers = (await other.AskAsync<string>($"select headers::text from numa.event where host = '{host}' order by position limit 1"))!;
        using var marked = JsonDocument.Parse(headers);

        Assert.Equal("-", marked.RootElement.GetProperty("importedFrom").GetString());
        Assert.Equal("tester", marked.RootElement.GetProperty("originUser").GetString());
        var recorded = await store.AskAsync<DateTime>($"select min(recorded_at) from numa.event where host = '{host}'");
        Assert.Equal(recorded, marked.RootElement.GetProperty("originRecordedAt").GetDateTimeOffset().UtcDateTime);
        Assert.Equal(
            ["tester"],
            (await other.AskAsync($"history {host} -o json")).Items().Select(item => item.GetProperty("who").GetString()).Distinct());
    }

    [Fact]
    public async Task Envelopes_are_CloudEvents_and_records_are_flat()
    {
        var host = await LooksAsync("ex-form");

        var envelopes = (await store.ExportAsync($"--host {host}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var records = await store.ExportAsync($"--host {host} -o csv");

        foreach (var line in envelopes)
        {
            using var envelope = JsonDocument.Parse(line);
            var root = envelope.RootElement;
            Assert.Equal("1.0", root.GetProperty("specversion").GetString());
            Assert.StartsWith("io.numahistory.", root.GetProperty("type").GetString(), StringComparison.Ordinal);
            Assert.Equal(root.GetProperty("type").GetString() == "io.numahistory.memory.block", root.TryGetProperty("data_base64", out _));
            Assert.All(root.EnumerateObject(), one => Assert.Matches("^([a-z0-9]{1,20}|data_base64)$", one.Name));
        }

        Assert.StartsWith("position,observedAt,recordedAt,type,stream,host,guest,who,why,data,id\r\n", records, StringComparison.Ordinal);
        Assert.Equal(2, (await store.AskAsync("export -o table")).Code);
    }

    private async Task<string> LooksAsync(string host)
    {
        foreach (var minute in new[] { 10, 20, 30 })
        {
            var topology = (minute == 20 ? Some.TwoCells() : Some.ThreeCells()).Topology();
            await store.Facts.RecordAsync(
                FactJournalTests.Look(host, topology, minute) with
                {
                    IsEveryGuest = true,
                    Guests = [new GuestPins("a", null, "running", Pins: [new VcpuPin(0, CpuSet.Of(minute / 10))])],
                },
                Cancel);
        }

        return host;
    }
}
