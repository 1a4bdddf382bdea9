using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Readme;

/// <summary>The fenced blocks of the README.</summary>
internal static class ReadmeBlocks
{
    /// <summary>The blocks of one kind (sh, console ...), in order, without their fences.</summary>
    public static IReadOnlyList<string> Of(string kind)
    {
        var blocks = new List<string>();
        List<string>? open = null;
        foreach (var line in File.ReadLines(Repository.At("README.md")))
        {
            if (open is null && line == "```" + kind)
            {
                open = [];
            }
            else if (open is not null && line == "```")
            {
                blocks.Add(string.Join('\n', open));
                open = null;
            }
            else
            {
                open?.Add(line);
            }
        }

        return blocks;
    }

    /// <summary>Writes what commands printed under them, in all blocks of a kind.</summary>
    public static void Write(string kind, IEnumerable<(string Command, string Printed)> answers)
    {
        var left = new Queue<(string Command, string Printed)>(answers);
        var lines = new List<string>();
        var isOpen = false;
        foreach (var line in File.ReadLines(Repository.At("README.md")))
        {
            if (isOpen && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                lines.AddRange([line, .. left.Dequeue().Printed.TrimEnd('\n').Split('\n')]);
            }
            else if (!isOpen || line == "```")
            {
                isOpen = !isOpen && line == "```" + kind;
                lines.Add(line);
            }
        }

        File.WriteAllLines(Repository.At("README.md"), lines);
    }

    /// <summary>The commands of all blocks of a kind, each with the output that is shown below it.</summary>
    public static IEnumerable<(string Command, string Shown)> Session(string kind) =>
        from block in Of(kind)
        from step in ("\n" + block).Split("\n$ ", StringSplitOptions.RemoveEmptyEntries)
        let end = step.IndexOf('\n')
        select end < 0 ? (step, "") : (step[..end], step[(end + 1)..]);
}
