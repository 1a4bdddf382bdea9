using System.Runtime.CompilerServices;
using NumaHistory.Schema.Files;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// The events of a libvirt host as they come, each a reason to look at once. It keeps the connection up: a lost one
/// is announced once and tried again with growing pauses; when it stands again that is announced too, because what
/// happened meanwhile sent no event. One reader at a time.
/// </summary>
public sealed class LibvirtWatch(LibvirtSession session, TimeProvider clock)
{
    private readonly EventSink _sink = new();

    /// <summary>Events until cancelled; the first is Connected or Disconnected.</summary>
    public async IAsyncEnumerable<LibvirtEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        session.Listen(_sink);
        long? announced = null;
        var isDown = false;
        while (true)
        {
            var (number, trouble) = await ConnectAsync(cancel);
            if (trouble is not null)
            {
                if (!isDown)
                {
                    yield return new LibvirtEvent(LibvirtEventKind.Disconnected, What: "unreachable", Detail: trouble);
                }

                isDown = true;
                await Task.Delay(Longer(session.Pause), clock, cancel);
                continue;
            }

            // The end of a connection may be heard of twice, and late: only a new connection is news.
            if (isDown || announced != number)
            {
                yield return new LibvirtEvent(LibvirtEventKind.Connected);
            }

            (isDown, announced) = (false, number);
            await foreach (var happened in UntilClosedAsync(cancel))
            {
                yield return happened;
            }
        }
    }

    private async Task<(long Number, string? Trouble)> ConnectAsync(CancellationToken cancel)
    {
        try
        {
            return (await session.AskAsync(connection => connection.Number, cancel), null);
        }
        catch (SourceUnusableException unusable)
        {
            return (0, unusable.Message);
        }
    }

    // A closed connection is tried again before anything is said: a daemon that is only restarted is back by then.
    private async IAsyncEnumerable<LibvirtEvent> UntilClosedAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var happened in _sink.Events.ReadAllAsync(cancel))
        {
            if (happened.Kind == LibvirtEventKind.Disconnected)
            {
                yield break;
            }

            yield return happened;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause > TimeSpan.Zero ? pause : TimeSpan.FromSeconds(1);
}
