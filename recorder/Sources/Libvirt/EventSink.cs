using System.Threading.Channels;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// Where the events of one connection go. Callbacks run on the loop that serves all connections, so nothing here
/// waits: when nobody reads, the oldest events are dropped; any one of them asks for the same look.
/// </summary>
internal sealed class EventSink
{
    private const int Kept = 1024;

    private readonly Channel<LibvirtEvent> _events = Channel.CreateBounded<LibvirtEvent>(
        new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<LibvirtEvent> Events => _events.Reader;

    public void Add(LibvirtEvent happened) => _events.Writer.TryWrite(happened);
}
