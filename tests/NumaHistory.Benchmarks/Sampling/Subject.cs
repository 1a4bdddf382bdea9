using NumaHistory.Benchmarks.Support;
using NumaHistory.Recorder.Sampling;

namespace NumaHistory.Benchmarks.Sampling;

/// <summary>The reader that is measured, with its room.</summary>
internal sealed class Subject : IDisposable
{
    private readonly CellMemoryReader _reader;
    private readonly CellReadings _readings;
    private readonly ChangeSignals _signals;

    public Subject(string root)
    {
        _reader = CellMemoryReader.Open(root);
        _readings = _reader.NewReadings();
        _signals = ChangeSignals.Open(root);
    }

    public int Cells => _readings.Cells.Length;

    /// <summary>Processor time per cell, ns.</summary>
    public double Measure(int passes)
    {
        var before = Figures.Cpu;
        for (var pass = 0; pass < passes; pass++)
        {
            if ((_reader.Read(_readings) & ReadSigns.Problems) != 0)
            {
                throw new InvalidOperationException(_readings.Problems[0].ToString());
            }
        }

        return (Figures.Cpu - before).TotalNanoseconds / passes / Cells;
    }

    public double MeasureSignals(int looks)
    {
        var before = Figures.Cpu;
        for (var look = 0; look < looks; look++)
        {
            _signals.Changed();
        }

        return (Figures.Cpu - before).TotalNanoseconds / looks;
    }

    public double AllocatedPerPass(int passes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < passes; pass++)
        {
            _reader.Read(_readings);
            _signals.Changed();
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / passes;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _signals.Dispose();
    }
}
