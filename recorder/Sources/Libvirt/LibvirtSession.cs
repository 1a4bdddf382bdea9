using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Files;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// One host's connection over time: opened when it is needed, opened again after it was lost, with a pause that grows
/// while that fails. All calls run on a thread of its own, so that a host that does not answer holds up nobody else;
/// nobody waits for it longer than the limit.
/// </summary>
/// <param name="uri">The connection, null for libvirt's default.</param>
/// <param name="clock">Measures pauses and limits.</param>
/// <param name="limit">How long a question may take, connecting included; null for 30 s.</param>
public sealed class LibvirtSession(string? uri, TimeProvider clock, TimeSpan? limit = null) : IAsyncDisposable
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(30);

    private readonly DedicatedThread _thread = new($"libvirt {LibvirtUri.Shown(uri)}");
    private readonly TimeSpan _limit = limit ?? UsualLimit;
    private readonly Backoff _backoff = new(clock);

    // These two belong to the thread.
    private HostConnection? _connection;
    private LibvirtException? _failure;

    private Task? _stuck;
    private EventSink? _sink;

    /// <summary>How messages name this host.</summary>
    public string Shown { get; } = LibvirtUri.Shown(uri);

    /// <summary>How long the host is left alone before the next attempt to connect.</summary>
    internal TimeSpan Pause => _backoff.Left;

    /// <summary>
    /// Asks the host; throws <see cref="SourceUnusableException"/> where it cannot be reached, does not answer in
    /// time, or where libvirt itself is missing.
    /// </summary>
    internal async Task<T> AskAsync<T>(Func<HostConnection, T> question, CancellationToken cancel)
    {
        if (Volatile.Read(ref _stuck) is { IsCompleted: false })
        {
            throw Unusable("still does not answer an earlier question");
        }

        var asked = _thread.RunAsync(() => Ask(question));
        try
        {
            return await asked.WaitAsync(_limit, clock, cancel);
        }
        catch (TimeoutException)
        {
            Volatile.Write(ref _stuck, asked);
            throw Unusable($"no answer within {_limit.TotalSeconds:0.#} s");
        }
        catch (LibvirtException error)
        {
            throw Unusable(error.Message, error);
        }
    }

    /// <summary>Lets the sink hear of events, over this connection and those that follow it.</summary>
    internal void Listen(EventSink sink) => Volatile.Write(ref _sink, sink);

    /// <summary>Closes the connection; one that does not answer is left to the thread that waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        var closed = _thread.RunAsync(() => Close(_connection));
        _thread.Dispose();
        if (Volatile.Read(ref _stuck) is null or { IsCompleted: true })
        {
            await Task.WhenAny(closed, Task.Delay(_limit, clock));
        }
    }

    private SourceUnusableException Unusable(string why, Exception? cause = null) =>
        new($"{Shown}: {why}", LibvirtUri.Hint(uri), cause);

    private T Ask<T>(Func<HostConnection, T> question)
    {
        try
        {
            return question(Connected());
        }
        catch (LibvirtException) when (_connection is { IsAlive: false })
        {
            // The daemon went away while it was asked. If it is back already, nothing was missed.
            return question(Connected());
        }
    }

    private HostConnection Connected()
    {
        if (_connection is { IsAlive: false })
        {
            // Who listens may not have heard of it yet, and never will on a connection that is closed here.
            Close(_connection);
            Volatile.Read(ref _sink)?.Add(new LibvirtEvent(LibvirtEventKind.Disconnected));
        }

        if (_connection is null)
        {
            _connection = Open();
        }

        if (Volatile.Read(ref _sink) is { } sink)
        {
            _connection.Listen(sink);
        }

        return _connection;
    }

    private HostConnection Open()
    {
        if (_failure is not null && _backoff.Left > TimeSpan.Zero)
        {
            throw _failure;
        }

        try
        {
            var opened = HostConnection.Open(LibvirtUri.Unattended(uri));
            _backoff.Succeeded();
            _failure = null;
            return opened;
        }
        catch (LibvirtException error)
        {
            _backoff.Failed();
            _failure = error;
            throw;
        }
    }

    private bool Close(HostConnection? connection)
    {
        _connection = null;
        connection?.Dispose();
        return connection is not null;
    }
}
