using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// Reads every guest in every layer it has: config unless it is transient, live while it runs, the saved image if
/// there is one. What was parsed is kept, so that a look in which nothing changed parses nothing.
/// </summary>
internal sealed class GuestReader(bool exactMemory)
{
    private Dictionary<(string Uuid, PinLayer Layer), KeptGuest> _kept = [];

    /// <summary>The guests by name and layer; adds what could not be read to the lists.</summary>
    public IReadOnlyList<GuestPins> Read(
        HostConnection connection, HostReading host, List<UnreadGuest> unread, List<Problem> problems)
    {
        var transient = Uuids(connection, ListedDomains.Transient);
        var saved = Uuids(connection, ListedDomains.ManagedSave);
        var processes = connection.Driver == "qemu" && LibvirtUri.IsThisMachine(connection.Uri) ? new GuestProcesses("/", exactMemory) : null;
        var look = new GuestLook(_kept, new AffinityReader(host), processes, unread, problems);
        foreach (var domain in connection.Domains(ListedDomains.All))
        {
            using (domain)
            {
                look.Read(domain, isTransient: transient.Contains(domain.Uuid), isSaved: saved.Contains(domain.Uuid));
            }
        }

        _kept = look.Kept;
        return look.Guests();
    }

    private static HashSet<string> Uuids(HostConnection connection, ListedDomains which)
    {
        var uuids = new HashSet<string>();
        try
        {
            foreach (var domain in connection.Domains(which))
            {
                using (domain)
                {
                    uuids.Add(domain.Uuid);
                }
            }
        }
        catch (LibvirtException error) when (error.IsUnsupported)
        {
            // A driver without such a filter has no such domains.
        }

        return uuids;
    }
}
