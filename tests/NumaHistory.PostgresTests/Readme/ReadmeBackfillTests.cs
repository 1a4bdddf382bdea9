using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.PostgresTests.Readme;

/// <summary>
/// Writes the files that the README shows with cat, and types what comes after them; NUMAHISTORY_REFRESH=1 writes the answers into it.
/// </summary>
public sealed class ReadmeBackfillTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Kind = "console backfill";
    private const string Folder = "/var/log/libvirt/qemu";

    private static readonly DateTimeOffset Shown = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_past_is_filled_in_as_the_README_shows()
    {
        using var folder = new TemporaryFolder();
        var answers = new List<(string Command, string Shown, string Printed)>();
        foreach (var (command, shown) in ReadmeBlocks.Session(Kind))
        {
            answers.Add((command, shown, await AnswerAsync(command, shown, folder)));
        }

        if (Environment.GetEnvironmentVariable("NUMAHISTORY_REFRESH") == "1")
        {
            ReadmeBlocks.Write(Kind, answers.Select(answer => (answer.Command, answer.Printed)));
            return;
        }

        Assert.Equal(4, answers.Count);
        foreach (var (command, shown, printed) in answers)
        {
            Assert.Equal($"$ {command}\n{ReadmeSessionTests.Comparable(shown)}", $"$ {command}\n{ReadmeSessionTests.Comparable(printed)}");
        }
    }

    private async Task<string> AnswerAsync(string command, string shown, TemporaryFolder folder)
    {
        switch (command.Split(' '))
        {
            case ["cat", var path]:
                folder.Write(Path.GetFileName(path), shown + "\n");
                return shown;
            case ["numa-recorder", .. var words]:
                var (output, notes) = await ReadmeRecorder.TypeAsync(store, words.Select(word => word == Folder ? folder.Path : word), Shown);
                return output + notes;
            default:
                return (await store.AskAsync(command["numa-history ".Length..], Shown)).Out;
        }
    }
}
