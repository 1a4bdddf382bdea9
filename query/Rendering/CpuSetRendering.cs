using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Canonical lists, one a line and nothing else; <c>!</c> and the reason where the text is none.</summary>
internal sealed class CpuSetRendering : IRendering<CpuSetItem>
{
    public string[] Fields => ["text", "cpus", "count", "error"];

    public IEnumerable<object?[]> Records(CpuSetItem item) => [[item.Text, item.Cpus, item.Count, item.Error]];

    public void Write(TextWriter output, IReadOnlyList<CpuSetItem> items, Look look)
    {
        foreach (var item in items)
        {
            output.Write(item.Cpus ?? "!" + Cleaned.Text(item.Error ?? ""));
            output.Write('\n');
        }
    }
}
