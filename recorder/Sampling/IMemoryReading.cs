using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// The memory of every cell of one host, read from what is kept open. Failures are IOExceptions or a
/// <see cref="Sources.SourceUnusableException"/>; the sampler handles them.
/// </summary>
internal interface IMemoryReading
{
    /// <summary>Whether something cheap to read says that a whole look is needed: masks, totals, cells, boot.</summary>
    bool HasChanged();

    /// <summary>Reads all cells in one pass.</summary>
    MemorySample Read(DateTimeOffset at);

    /// <summary>Opens again what may have changed.</summary>
    void Reopen();

    /// <summary>Lets go of every handle.</summary>
    void Close();
}
