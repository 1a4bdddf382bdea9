namespace NumaHistory.Query.Arguments;

/// <summary>Lines verbatim: only a line feed ends one, blanks and carriage returns belong to it.</summary>
internal static class Lines
{
    public static IEnumerable<string> Read(TextReader input)
    {
        var lines = input.ReadToEnd().Split('\n');
        return lines[^1].Length > 0 ? lines : lines[..^1];
    }
}
