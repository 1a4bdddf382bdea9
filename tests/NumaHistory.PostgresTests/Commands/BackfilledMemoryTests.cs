using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.Commands;

/// <summary>Memory that others sampled, as it is typed and as numa-history shows it.</summary>
public sealed class BackfilledMemoryTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task Series_of_Prometheus_are_the_memory_of_a_host_before_anybody_looked()
    {
        var first = await Typed("backfill prometheus -", Dump("mem1.example.net:9100", 0, 150));
        var again = await Typed("backfill prometheus -", Dump("mem1.example.net:9100", 0, 150));
        var longer = await Typed("backfill prometheus - --host mem1", Dump("other", 0, 200));

        Assert.Equal((ExitCode.Yes, "mem1: 1 host.booted, 3 memory.block from 2026-10-01T12:00:00Z to 2026-10-01T14:29:00Z\n"), (first.Code, first.Error));
        Assert.Equal("mem1: nothing new\n", again.Error);
        Assert.Equal("mem1: 2 memory.block from 2026-10-01T14:30:00Z to 2026-10-01T15:19:00Z\n", longer.Error);
        var hours = (await store.AskAsync("memory mem1 --cells 1 --since 2026-10-01T12:00Z --until 2026-10-01T16:00Z --step 1h -o json", Later)).Items();
        Assert.Equal([60, 60, 60, 20], hours.Select(hour => hour.GetProperty("samples").GetInt32()));
        Assert.Equal(1000, hours[0].GetProperty("min").GetInt64());
        Assert.Equal(ExitCode.Yes, (await Typed("store verify", "")).Code);
    }

    [Fact]
    public async Task A_dry_run_prints_blocks_and_needs_no_store()
    {
        var (code, text, _) = await Typed("backfill --dry-run prometheus - -o jsonl", Dump("dry:9100", 0, 61));

        Assert.Equal(ExitCode.Yes, code);
        Assert.Equal(2, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith(
            """{"observedAt":"2026-10-01T12:00:00Z","type":"memory.block","host":"dry","guest":null,"who":null,"why":null,"data":{"source":"backfill","until":"2026-10-01T12:59:00Z","samples":60,"cells":"0-1",""",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_told_and_the_rest_is_recorded()
    {
        var (code, _, error) = await Typed("backfill prometheus -", "node_memory_numa_MemFree{node=\"0\"} x 1\n" + Dump("bad:9100", 0, 1));

        Assert.Equal(ExitCode.SourceUnusable, code);
        Assert.Equal(
            "bad: 1 host.booted, 1 memory.block from 2026-10-01T12:00:00Z to 2026-10-01T12:00:00Z\nnuma-recorder: -:1: 'x 1' is no value and instant; the line is left out\n", error);
    }

    private static DateTimeOffset Later => new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Begin => new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    private static string Dump(string instance, int first, int end) => string.Concat(
        from cell in new[] { 0, 1 }
        from kind in new[] { ("MemTotal", 4_096_000), ("MemFree", 1_024_000) }
        from minute in Enumerable.Range(first, end - first)
        select $"{{__name__=\"node_memory_numa_{kind.Item1}\", instance=\"{instance}\", node=\"{cell}\"}} {kind.Item2} {Begin.AddMinutes(minute).ToUnixTimeMilliseconds()}\n");

    private async Task<(ExitCode Code, string Out, string Error)> Typed(string line, string input)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output,
            error,
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            TimeProvider.System,
            name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null,
            false);
        var code = await RecorderProgram.RunAsync(line.Split(' '), context, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
