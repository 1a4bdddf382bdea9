using System.Globalization;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Arguments;

/// <summary>The CPUs of cells: <c>0=0-3 1=4-7</c>, each given once.</summary>
internal static class CellCpuLists
{
    public static IReadOnlyDictionary<int, CpuSet> Parse(string option, IReadOnlyList<string>? texts)
    {
        var cells = new SortedDictionary<int, CpuSet>();
        foreach (var text in texts ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0
                || !int.TryParse(text.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                throw new Refusal(ExitCode.Usage, $"{option}: '{text}' is not ID=LIST", "write it like 0=0-3");
            }

            if (!cells.TryAdd(id, CellList.Parse(option, text[(equals + 1)..])!))
            {
                throw new Refusal(ExitCode.Usage, $"{option}: cell {id} is given twice");
            }
        }

        return cells;
    }
}
