using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Sampling;

/// <summary>The memory of a sysfs host for the sampler: its reader and its signals, opened when first needed.</summary>
internal sealed class KeptMemory(string root)
{
    private CellMemoryReader? _reader;
    private CellReadings? _readings;
    private ChangeSignals? _signals;
    private bool _moved;

    public bool HasChanged() => _moved | (_signals?.Changed() ?? false);

    public MemorySample Read(DateTimeOffset at)
    {
        if (_reader is null || _readings is null)
        {
            Reopen();
        }

        var signs = _reader!.Read(_readings!);
        _moved |= (signs & (ReadSigns.CellGone | ReadSigns.CapacityMoved)) != 0;
        return _readings!.AnyKnown
            ? _readings.ToSample(at)
            : throw new SourceUnusableException($"{root}: no cell says anything of its memory ({Reasons()})");
    }

    public void Reopen()
    {
        Close();
        _signals = ChangeSignals.Open(root);
        _reader = CellMemoryReader.Open(root);
        _readings = _reader.NewReadings();
    }

    public void Close()
    {
        _reader?.Dispose();
        _signals?.Dispose();
        (_reader, _readings, _signals, _moved) = (null, null, null, false);
    }

    private string Reasons() => string.Join("; ", _reader!.Problems.Concat(_readings!.Problems));
}
