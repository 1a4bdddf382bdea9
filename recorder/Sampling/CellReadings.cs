using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Room for one pass over the cells of a <see cref="CellMemoryReader"/>, made once by it and filled again and again.
/// Cells are in rising order of id.
/// </summary>
public sealed class CellReadings
{
    private readonly CellReading[] _cells;
    private readonly IReadOnlyList<long>?[] _pageSizes;
    private readonly long?[]?[] _freePages;

    internal CellReadings(IReadOnlyList<CellFiles> files)
    {
        _cells = [.. files.Select(file => new CellReading(file.Id, null, null, null, null))];
        _pageSizes = [.. files.Select(file => file.PageSizesKiB)];
        _freePages = [.. _pageSizes.Select(sizes => sizes is null ? null : new long?[sizes.Count])];
    }

    /// <summary>The cells, total, free and reclaimable.</summary>
    public ReadOnlySpan<CellReading> Cells => _cells;

    /// <summary>What the last pass could not use; empty when its signs say nothing of problems.</summary>
    public IReadOnlyList<Problem> Problems => Found;

    internal List<Problem> Found { get; } = [];

    /// <summary>Whether the last pass learned anything at all of any cell.</summary>
    public bool AnyKnown
    {
        get
        {
            foreach (var cell in _cells)
            {
                if (cell.TotalKiB is not null || cell.FreeKiB is not null)
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal bool IsFilled { get; set; }

    /// <summary>
    /// Free huge pages of a cell, by its place in <see cref="Cells"/>, in the order of <see cref="PageSizes"/>.
    /// </summary>
    public ReadOnlySpan<long?> FreePages(int index) => _freePages[index];

    /// <summary>Page sizes of a cell in KiB, rising; null = its pools are not known.</summary>
    public IReadOnlyList<long>? PageSizes(int index) => _pageSizes[index];

    /// <summary>The last pass as values of their own, which the next pass does not change.</summary>
    public IReadOnlyList<CellMemory> ToCells()
    {
        var cells = new CellMemory[_cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = _cells[i];
            cells[i] = new CellMemory(cell.Id, cell.TotalKiB, cell.FreeKiB, cell.ReclaimableKiB, ToPages(i));
        }

        return cells;
    }

    /// <summary>The last pass as a sample; the instant is cut to whole milliseconds, as samples have them.</summary>
    public MemorySample ToSample(DateTimeOffset at) =>
        new(new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero), ToCells());

    internal ref CellReading Cell(int index) => ref _cells[index];

    internal Span<long?> Pages(int index) => _freePages[index];

    private FreePages[]? ToPages(int index)
    {
        if (_pageSizes[index] is not { } sizes)
        {
            return null;
        }

        var pages = new FreePages[sizes.Count];
        for (var i = 0; i < pages.Length; i++)
        {
            pages[i] = new FreePages(sizes[i], _freePages[index]![i]);
        }

        return pages;
    }
}
