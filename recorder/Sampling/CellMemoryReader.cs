using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Reads the memory of every cell again and again from files that stay open; a pass that finds nothing wrong
/// allocates nothing. It knows the cells and pools that were there when it was opened: after a change of structure or
/// capacity open another one. Not for two threads at once.
/// </summary>
public sealed class CellMemoryReader : IDisposable
{
    // Twice what nodeN/meminfo and /proc/meminfo take.
    internal const int BufferLength = 8192;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
    private readonly CellFiles[] _cells;

    private CellMemoryReader(CellFiles[] cells, IReadOnlyList<Problem> problems) =>
        (_cells, Problems) = (cells, problems);

    /// <summary>What could not be opened; the values from there stay null.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Opens the files of the machine, or of a recorded host, below a root folder.</summary>
    public static CellMemoryReader Open(string root)
    {
        var problems = new List<Problem>();
        return new CellMemoryReader(new CellFilesOpener(root, problems).Open(), problems);
    }

    /// <summary>Room for the values of a pass; one is enough.</summary>
    public CellReadings NewReadings() => new(_cells);

    /// <summary>
    /// One pass over all cells. What cannot be read is null in the readings, never what it was before.
    /// </summary>
    public ReadSigns Read(CellReadings into)
    {
        into.Found.Clear();
        var signs = ReadSigns.None;
        for (var i = 0; i < _cells.Length; i++)
        {
            signs |= Read(_cells[i], i, into);
        }

        into.IsFilled = true;
        return into.Found.Count > 0 ? signs | ReadSigns.Problems : signs;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var cell in _cells)
        {
            cell.Dispose();
        }
    }

    private ReadSigns Read(CellFiles cell, int index, CellReadings into)
    {
        var signs = ReadMeminfo(cell, into, out var meminfo);
        ref var reading = ref into.Cell(index);
        if (into.IsFilled && (reading.TotalKiB != meminfo.TotalKiB || reading.HugePagesTotal != meminfo.HugePagesTotal))
        {
            signs |= ReadSigns.CapacityMoved;
        }

        reading = new CellReading(
            cell.Id, meminfo.TotalKiB, meminfo.FreeKiB, meminfo.ReclaimableKiB, meminfo.HugePagesTotal);
        var pages = into.Pages(index);
        for (var i = 0; i < cell.Pools.Length; i++)
        {
            pages[i] = FreePages(cell.Pools[i], meminfo, into, ref signs);
        }

        return signs;
    }

    private ReadSigns ReadMeminfo(CellFiles cell, CellReadings into, out NodeMeminfo meminfo)
    {
        meminfo = default;
        if (cell.Meminfo is null)
        {
            return ReadSigns.None;
        }

        var length = cell.Meminfo.Read(_buffer);
        if (length < 0)
        {
            into.Found.Add(new Problem(cell.Path, null, SystemError.Describe(-length)));
            return SystemError.IsGone(-length) ? ReadSigns.CellGone : ReadSigns.None;
        }

        var text = _buffer.AsSpan(0, length);
        meminfo = cell.Layout.Parse(text);
        if (meminfo.Fault is { } fault)
        {
            into.Found.Add(new Problem(cell.Path, fault.Line, fault.Describe(text)));
        }

        if (meminfo.FreeKiB > meminfo.TotalKiB)
        {
            into.Found.Add(new Problem(
                cell.Path, null, $"{meminfo.FreeKiB} kB free of {meminfo.TotalKiB} kB cannot be true"));
            meminfo = meminfo with { FreeKiB = null };
        }

        return ReadSigns.None;
    }

    private long? FreePages(PoolFile pool, in NodeMeminfo meminfo, CellReadings into, ref ReadSigns signs)
    {
        if (pool.Source != PoolSource.File)
        {
            return pool.Source switch
            {
                PoolSource.Meminfo => meminfo.HugePagesFree,
                PoolSource.Empty => 0,
                _ => null,
            };
        }

        var length = pool.File!.Read(_buffer);
        if (length < 0)
        {
            into.Found.Add(new Problem(pool.Path, null, SystemError.Describe(-length)));
            signs |= SystemError.IsGone(-length) ? ReadSigns.CellGone : ReadSigns.None;
            return null;
        }

        var free = PageCount.Parse(_buffer.AsSpan(0, length));
        if (free is null)
        {
            into.Found.Add(new Problem(pool.Path, 1, "is not a number of pages"));
        }

        return free;
    }
}
