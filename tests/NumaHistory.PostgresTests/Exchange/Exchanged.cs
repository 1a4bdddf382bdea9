using System.Text;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.Exchange;

/// <summary>Runs numa-recorder against a store, and compares what two stores hold.</summary>
internal static class Exchanged
{
    private static readonly string[] Tables =
        ["host", "fact", "topology_version", "cell_now", "block", "guest_fact", "guest", "pin_interval", "guest_pins", "guest_claim", "host_cell", "fact_newest", "guest_newest", "cell_room"];

    public static async Task<(ExitCode Code, string Error)> RecordAsync(this PostgresDatabase store, string line, string input = "")
    {
        await using var error = new StringWriter();
        var context = new RecorderContext(
            TextWriter.Null,
            error,
            new MemoryStream(Encoding.UTF8.GetBytes(input)),
            TimeProvider.System,
            name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null,
            false);
        var code = await RecorderProgram.RunAsync(line.Split(' '), context, TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }

    public static async Task<string> ExportAsync(this PostgresDatabase store, string words = "")
    {
        var answer = await store.AskAsync($"export {words}");
        Assert.True(answer.Code == 0, answer.Err);
        return answer.Out;
    }

    /// <summary>Every row that is made from events; when it was recorded is not among them.</summary>
    public static async Task<string> RowsAsync(this PostgresDatabase store)
    {
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            rows.Add(table + "\n" + await store.AskAsync<string>(
                $"select coalesce(string_agg(row_to_json(t)::text, E'\\n' order by row_to_json(t)::text), '') from numa.{table} t"));
        }

        rows.Add("stream\n" + await store.AskAsync<string>("select string_agg(key || ' ' || version, E'\\n' order by key) from numa.stream"));
        return string.Join("\n", rows);
    }
}
