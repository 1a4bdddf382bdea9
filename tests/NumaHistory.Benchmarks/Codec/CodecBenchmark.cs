using System.Diagnostics;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Benchmarks.Workload;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Benchmarks.Codec;

/// <summary>Bytes and nanoseconds per cell-sample of hour blocks, on the standard workload.</summary>
internal static class CodecBenchmark
{
    private const int Rounds = 7;

    public static void Run(Options options, TextWriter output)
    {
        var hosts = options.Number("--hosts", 100);
        var blocks = Enumerable.Range(0, hosts).SelectMany(StandardWorkload.Blocks).ToArray();
        var samples = blocks.Sum(block => (double)block.Samples.Count * StandardWorkload.Cells);
        var payloads = blocks.Select(BlockCodec.Encode).ToArray();
        var bytes = payloads.Sum(payload => (long)payload.Length);
        var heads = blocks.Sum(block => (long)BlockCodec.Encode(block with { Samples = [] }).Length);
        output.WriteLine(
            $"workload      {hosts} hosts x {StandardWorkload.Cells} cells x 24 h at 10 s, {samples:N0} cell-samples");
        output.WriteLine(
            $"size          {bytes / samples:F3} bytes per cell-sample, of which heads {heads / samples:F3}");
        Time(output, "encode", samples, () => blocks.Sum(block => (long)BlockCodec.Encode(block).Length));
        Time(output, "decode", samples, () => payloads.Sum(payload => (long)BlockCodec.Decode(payload).Samples.Count));
        Time(output, "read one cell", samples / StandardWorkload.Cells, () => payloads.Sum(LowestFree));
        var some = blocks[..Math.Min(blocks.Length, 24)];
        Time(
            output,
            "open block",
            some.Sum(block => block.Samples.Count),
            () => some.Sum(Tail),
            "sample, its bytes included");
        Time(
            output,
            "read header",
            payloads.Length,
            () => payloads.Sum(payload => (long)BlockCodec.ReadHeader(payload).Count),
            "block");
    }

    // What a recorder does with every sample of an hour: add it, and hand out the open block's bytes.
    private static long Tail(MemoryBlock block)
    {
        var encoder = new BlockEncoder(block.BootId, block.Structure, block.Capacity, block.PinState, block.Interval);
        var bytes = 0L;
        foreach (var sample in block.Samples)
        {
            encoder.Add(sample);
            bytes += encoder.ToBytes().Length;
        }

        return bytes;
    }

    private static long LowestFree(byte[] payload)
    {
        var lowest = long.MaxValue;
        foreach (var point in BlockCodec.ReadColumn(payload, 2, BlockColumn.Free))
        {
            lowest = Math.Min(lowest, point.Value ?? long.MaxValue);
        }

        return lowest;
    }

    // Code is compiled in earnest some time after it was first called often.
    private static void WarmUp(Func<long> work)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
        {
            work();
        }
    }

    private static void Time(TextWriter output, string what, double count, Func<long> work, string unit = "cell-sample")
    {
        var nanoseconds = new double[Rounds];
        WarmUp(work);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            nanoseconds[round] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (Rounds * count);
        output.WriteLine(
            $"{what,-13} {Figures.Median(nanoseconds),8:F2} ns and {allocated:F1} bytes allocated per {unit}");
    }
}
