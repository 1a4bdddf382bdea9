using System.Text;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.Query;

/// <summary>Runs numa-recorder in this process against a test's store, as it is typed.</summary>
internal static class Typed
{
    public static async Task<(ExitCode Code, string Out, string Error)> TypeAsync(this PostgresDatabase store, string line, string input = "")
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output, error, new MemoryStream(Encoding.UTF8.GetBytes(input)), TimeProvider.System,
            name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null, false);
        var code = await RecorderProgram.RunAsync(line.Split(' '), context, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
