using BenchmarkDotNet.Attributes;
using NumaHistory.Benchmarks.Workload;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Benchmarks.Codec;

/// <summary>The same on one hour block of four cells, under BenchmarkDotNet.</summary>
[MemoryDiagnoser]
public class CodecMicro
{
    private MemoryBlock _block = null!;
    private byte[] _payload = [];

    /// <summary>Hour 12 of host 7, a normal one.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _block = StandardWorkload.Blocks(7).ElementAt(12);
        _payload = BlockCodec.Encode(_block);
    }

    /// <summary>1440 cell-samples to bytes.</summary>
    [Benchmark]
    public byte[] Encode() => BlockCodec.Encode(_block);

    /// <summary>Bytes to 1440 cell-samples.</summary>
    [Benchmark]
    public MemoryBlock Decode() => BlockCodec.Decode(_payload);

    /// <summary>360 values of one cell.</summary>
    [Benchmark]
    public MemoryPoint[] ReadColumn() => BlockCodec.ReadColumn(_payload, 2, BlockColumn.Free);

    /// <summary>The head alone.</summary>
    [Benchmark]
    public BlockHeader ReadHeader() => BlockCodec.ReadHeader(_payload);
}
