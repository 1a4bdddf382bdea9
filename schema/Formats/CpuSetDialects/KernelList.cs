using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// bitmap_parselist of Linux (lib/bitmap-str.c): <c>0-31:1/4</c>, <c>N</c>, <c>all</c>; blanks and commas both
/// separate.
/// </summary>
internal static class KernelList
{
    private const string Kind = "kernel list";

    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        var reader = new KernelListReader(text, context.Width);
        var why = reader.ReadAll();
        if (reader.NeedsWidth)
        {
            return Answers.NeedsCpus;
        }

        return why is null ? Answers.Set(reader.Set) : Answers.Refuse(text, Kind, why);
    }
}
