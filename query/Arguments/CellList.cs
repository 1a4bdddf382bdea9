using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Arguments;

/// <summary>CPULIST arguments: <c>0-3,8,^2</c>, of cells or CPUs.</summary>
internal static class CellList
{
    public static CpuSet? Parse(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return CpuSetDialect.Parse(CpuSetDialect.Default, text, CpuSetContext.Unknown) switch
        {
            CpuSetAnswer.Parsed parsed => parsed.Set,
            CpuSetAnswer.Refused refused => throw new Refusal(
                ExitCode.Usage, $"{option}: {refused.Message}", "write it like 0-3,8,^2"),
            _ => null,
        };
    }
}
