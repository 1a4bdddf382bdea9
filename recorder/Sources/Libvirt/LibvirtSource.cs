using NumaHistory.Schema.Files;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>A host and its guests as libvirt tells of them, over one connection that may lead anywhere.</summary>
/// <param name="session">The connection; it is the caller's.</param>
/// <param name="host">The host's name, or null for the one it has.</param>
/// <param name="clock">Says when the look was taken.</param>
/// <param name="exactMemory">Whether the memory of local guests is read from numa_maps, which makes them wait.</param>
public sealed class LibvirtSource(LibvirtSession session, string? host, TimeProvider clock, bool exactMemory = false) : ISource
{
    /// <summary>The word for this source.</summary>
    public const string SourceName = "libvirt";

    private readonly HostReader _host = new();
    private readonly GuestReader _guests = new(exactMemory);

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    public Task<Observation> ReadAsync(CancellationToken cancel) => session.AskAsync(Look, cancel);

    private Observation Look(HostConnection connection)
    {
        var at = clock.GetUtcNow();
        var name = HostNameOf(connection);
        var reading = _host.Read(connection);
        var problems = reading.Problems.ToList();
        var memory = reading is { Topology: { } topology, HasCells: true }
            ? MemoryReader.Read(connection, topology, problems)
            : null;
        var unread = new List<UnreadGuest>();
        var guests = _guests.Read(connection, reading, unread, problems);
        return new Observation(
            session.Shown,
            name,
            MachineId: null,
            reading.ProductUuid,
            new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero),
            SourceName,
            BootId: null,
            reading.Architecture,
            connection.Driver,
            reading.Settings,
            reading.Topology,
            memory,
            problems)
        {
            Guests = guests,
            IsEveryGuest = true,
            UnreadGuests = unread.Count > 0 ? unread : null,
            HypervisorVersion = connection.Versions(),
            Raw = reading.Raw,
        };
    }

    private string HostNameOf(HostConnection connection)
    {
        var name = host ?? LibvirtUri.TestHost(connection.Uri) ?? connection.HostName().Split('.')[0];
        return HostName.IsValid(name)
            ? name
            : throw new SourceUnusableException(
                $"{session.Shown}: '{name}' cannot name a host: {HostName.Rule}", "give it a name with --host");
    }
}
