using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.Demo;

/// <summary>The bundled week in a test's store, as <c>up --demo</c> puts it there.</summary>
internal static class DemoWeek
{
    public static async Task LoadDemoAsync(this PostgresDatabase store, DateTimeOffset end)
    {
        await using var error = new StringWriter();
        var context = new RecorderContext(
            TextWriter.Null, error, Stream.Null, TimeProvider.System, name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null, false);
        var code = await RecorderProgram.RunAsync(["up", "--demo", "--at", TimeText.Utc(end), "--for", "1s"], context, TestContext.Current.CancellationToken);
        Assert.True(code == ExitCode.Yes, error.ToString());
    }
}
