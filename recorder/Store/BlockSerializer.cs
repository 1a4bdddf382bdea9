using JasperFx.Events;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// Stores a block as its payload and nothing else, so that SQL can hand it to the codec as it is. Host and source are in the
/// event's headers and in numa.block; read back through Marten they are empty.
/// </summary>
internal sealed class BlockSerializer : IEventBinarySerializer
{
    public byte[] Serialize(Type eventType, object eventData) => ((MemoryBlockRecorded)eventData).Payload.ToArray();

    public object Deserialize(Type eventType, byte[] data)
    {
        var header = BlockCodec.ReadHeader(data);
        return new MemoryBlockRecorded("", "", header.First ?? default, header.Last ?? default, data);
    }
}
