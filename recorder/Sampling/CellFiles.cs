using NumaHistory.Schema.Formats.Sysfs;

namespace NumaHistory.Recorder.Sampling;

/// <summary>The open files of one cell. Meminfo is null where it could not be opened.</summary>
internal sealed class CellFiles(int id, string path, KeptFile? meminfo, IReadOnlyList<PoolFile>? pools) : IDisposable
{
    public int Id { get; } = id;

    /// <summary>Path of meminfo below the root.</summary>
    public string Path { get; } = path;

    public MeminfoLayout Layout { get; } = new();

    public KeptFile? Meminfo { get; } = meminfo;

    public PoolFile[] Pools { get; } = [.. pools ?? []];

    public IReadOnlyList<long>? PageSizesKiB { get; } = pools?.Select(pool => pool.SizeKiB).ToArray();

    public void Dispose()
    {
        Meminfo?.Dispose();
        foreach (var pool in Pools)
        {
            pool.File?.Dispose();
        }
    }
}
