using NumaHistory.Query.Reading;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

internal static class Figures
{
    public static IReadOnlyList<string> Parse(string option, string? text) =>
        text is null
            ? MemorySpan.AllFigures
            : [.. text.Split(',').Select(word => Known(option, word.Trim())).Distinct()];

    private static string Known(string option, string word) => MemorySpan.AllFigures.Contains(word)
        ? word
        : throw new Refusal(
            ExitCode.Usage, $"{option}: '{word}' is no figure; there are {string.Join(", ", MemorySpan.AllFigures)}");
}
