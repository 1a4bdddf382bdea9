using System.CommandLine;
using System.Globalization;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Arguments;

/// <summary>Values of a verb's own options; every fault is a refusal that names the option. Null = it is not given.</summary>
internal static class OptionWords
{
    public static long? Size(this Request request, Option<string> option) =>
        request.Parse.GetValue(option) is { } text ? MemorySize.Parse(option.Name, text) : null;

    public static int? Number(this Request request, Option<string> option, int least, int most) => request.Parse.GetValue(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new Refusal(ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not a number from {least} to {most}");

    public static double? Ratio(this Request request, Option<string> option) => request.Parse.GetValue(option) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio is > 0 and <= 1_000 ? ratio
        : throw new Refusal(ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not a ratio such as 4 or 1.5");

    public static CpuSet? Cells(this Request request, Option<string> option) => request.Parse.GetValue(option) is not { } text ? null
        : CpuSet.TryParse(text, out var set) && !set.IsEmpty ? set
        : throw new Refusal(ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not a list of cells such as 0-1");

    public static T? Word<T>(this Request request, Option<string> option, params T[] words)
        where T : struct, Enum
    {
        if (request.Parse.GetValue(option) is not { } text)
        {
            return null;
        }

        var names = words.Select(word => word.ToString().ToLowerInvariant()).ToList();
        return names.IndexOf(text) is >= 0 and var found ? words[found] : throw new Refusal(
            ExitCode.Usage, $"{option.Name}: '{Cleaned.Text(text)}' is not {string.Join(" or ", names)}",
            Nearest.Of(text, names) is { } near ? $"did you mean {near}?" : null);
    }
}
