using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

internal static class Answers
{
    public static readonly CpuSetAnswer NeedsCpus = new CpuSetAnswer.Refused("needs --cpus");

    public static readonly CpuSetAnswer NeedsCells = new CpuSetAnswer.Refused("needs --cell");

    private const int LongestQuote = 60;

    public static CpuSetAnswer Set(CpuSetBuilder builder) => new CpuSetAnswer.Parsed(builder.Build());

    public static CpuSetAnswer Set(CpuSet set) => new CpuSetAnswer.Parsed(set);

    /// <summary>A refusal in one voice: <c>'3-1' is no libvirt list: 1 is below 3</c>.</summary>
    public static CpuSetAnswer Refuse(string text, string kind, string why)
    {
        var quote = text.Length > LongestQuote ? text[..LongestQuote] + "..." : text;
        return new CpuSetAnswer.Refused(Cleaned.Text($"'{quote}' is no {kind}: {why}"));
    }
}
