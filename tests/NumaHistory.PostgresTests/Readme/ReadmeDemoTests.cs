using NumaHistory.PostgresTests.Demo;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Readme;

/// <summary>
/// Asks the demo what the README asks it, and holds the answers against what it shows; NUMAHISTORY_REFRESH=1 writes the answers into it.
/// </summary>
public sealed class ReadmeDemoTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Kind = "console demo";

    private static readonly DateTimeOffset Shown = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_demo_answers_what_the_README_shows()
    {
        await store.LoadDemoAsync(Shown);
        var steps = ReadmeBlocks.Session(Kind).ToList();
        var answers = new List<(string Command, string Shown, string Printed)>();
        foreach (var (command, shown) in steps)
        {
            answers.Add((command, shown, (await store.AskAsync(command["numa-history ".Length..], Shown)).Out));
        }

        if (Environment.GetEnvironmentVariable("NUMAHISTORY_REFRESH") == "1")
        {
            ReadmeBlocks.Write(Kind, answers.Select(answer => (answer.Command, answer.Printed)));
            return;
        }

        Assert.True(steps.Count > 8);
        foreach (var (command, shown, printed) in answers)
        {
            Assert.Equal($"$ {command}\n{ReadmeSessionTests.Comparable(shown)}", $"$ {command}\n{ReadmeSessionTests.Comparable(printed)}");
        }
    }
}
