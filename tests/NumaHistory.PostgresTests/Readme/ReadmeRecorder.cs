using Microsoft.Extensions.Time.Testing;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.Readme;

/// <summary>numa-recorder as the README has it typed: it has to succeed.</summary>
internal static class ReadmeRecorder
{
    public static async Task<(string Out, string Err)> TypeAsync(MigratedDatabase store, IEnumerable<string> words, DateTimeOffset now)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output,
            error,
            Stream.Null,
            new FakeTimeProvider(now),
            name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null,
            false);
        var code = await RecorderProgram.RunAsync([.. words], context, TestContext.Current.CancellationToken);

        Assert.True(code == ExitCode.Yes, error.ToString());
        return (output.ToString(), error.ToString());
    }
}
