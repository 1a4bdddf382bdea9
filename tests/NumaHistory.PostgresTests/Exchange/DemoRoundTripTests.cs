using System.Text.RegularExpressions;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Exchange;

/// <summary>A whole fleet's week goes out of one store and into an empty one.</summary>
public sealed partial class DemoRoundTripTests(MigratedDatabase from, MigratedStore into)
    : IClassFixture<MigratedDatabase>, IClassFixture<MigratedStore>
{
    [Fact]
    public async Task A_store_that_is_exported_and_imported_into_an_empty_one_answers_as_before_and_exports_the_same()
    {
        var demo = await from.RecordAsync($"up --demo --at {TimeText.Utc(Some.Noon.AddDays(1))} --for 1s");
        Assert.True(demo.Code == ExitCode.Yes, demo.Error);
        var export = await from.ExportAsync();

        var first = await into.RecordAsync("import --format events -", export);
        var second = await into.RecordAsync("import --format events -", export);

        var events = export.Count(letter => letter == '\n');
        Assert.Equal((ExitCode.Yes, $"-: {events} events, {events} new, 0 known already\n"), first);
        Assert.Equal((ExitCode.Yes, $"-: {events} events, 0 new, {events} known already\n"), second);
        Assert.Equal(await from.RowsAsync(), await into.RowsAsync());
        Assert.Empty((await new StoreVerification(into.Source).RunAsync(TestContext.Current.CancellationToken)).Breaches);
        foreach (var question in new[] { "hosts", "guests", "cells", "pins -o json", "fit -o json", "memory --since -7d -o json", "history -o json", "blame web02 -o json" })
        {
            var before = await from.AskAsync(question);
            var after = await into.AskAsync(question);

            Assert.Equal(before.Code, after.Code);
            Assert.Equal(Timeless(before.Out), Timeless(after.Out));
        }

        // The copy tells who recorded it first.
        Assert.Equal(export, await into.ExportAsync());
    }

    // When a store wrote it is its own.
    private static string Timeless(string answer) => RecordedTimes().Replace(answer, "");

    [GeneratedRegex("""(?<="recordedAt": ")[^"]*""")]
    private static partial Regex RecordedTimes();
}
