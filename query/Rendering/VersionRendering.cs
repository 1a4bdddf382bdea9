using NumaHistory.Schema.Contract.ReadModels;

namespace NumaHistory.Query.Rendering;

internal sealed class VersionRendering : IRendering<VersionItem>
{
    public string[] Fields => ["program", "version", "storeVersion"];

    public IEnumerable<object?[]> Records(VersionItem item) => [[item.Program, item.Version, item.StoreVersion]];

    public void Write(TextWriter output, IReadOnlyList<VersionItem> items, Look look) =>
        output.Write($"{items[0].Program} {items[0].Version}\n");
}
