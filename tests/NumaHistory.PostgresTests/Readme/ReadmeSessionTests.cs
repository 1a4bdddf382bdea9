using System.Text.RegularExpressions;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Readme;

/// <summary>Types the README's session into both programs and holds what they print against what it shows.</summary>
public sealed partial class ReadmeSessionTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private static readonly DateTimeOffset Shown = new(2026, 11, 24, 1, 24, 31, TimeSpan.Zero);

    [Fact]
    public async Task The_session_prints_what_the_README_shows()
    {
        var steps = ReadmeBlocks.Session("console").ToList();

        Assert.True(steps.Count > 8);
        foreach (var (command, shown) in steps)
        {
            var printed = command.StartsWith("numa-recorder ", StringComparison.Ordinal)
                ? await RecordAsync(command)
                : (await store.AskAsync(command["numa-history ".Length..], Shown)).Out;
            Assert.Equal($"$ {command}\n{Comparable(shown)}", $"$ {command}\n{Comparable(printed)}");
        }
    }

    [Fact]
    public void The_first_two_blocks_are_the_two_commands()
    {
        Assert.Equal(
            ["dotnet run --project recorder -c Release -- up --for 30s", "dotnet test"], ReadmeBlocks.Of("sh").Take(2));
    }

    private async Task<string> RecordAsync(string command)
    {
        var words = command.Split(' ').Skip(1).Select(word => word.StartsWith("tests/", StringComparison.Ordinal) ? Repository.At(word) : word);
        return (await ReadmeRecorder.TypeAsync(store, words, Shown)).Out;
    }

    // Who ran it and when it was recorded differ each time, and with them the width of columns.
    internal static string Comparable(string text)
    {
        var timeless = Recorded().Replace(text.Replace(Environment.UserName, "root", StringComparison.Ordinal), "<recorded>");
        return Blanks().Replace(timeless, " ").Trim();
    }

    [GeneratedRegex(@"20\d\d-(?!11-0\d)\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Recorded();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
