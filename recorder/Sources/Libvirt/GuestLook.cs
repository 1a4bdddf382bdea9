using System.Security.Cryptography;
using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>One look at all guests: what is kept from before, and what will be kept for the next.</summary>
internal sealed class GuestLook(
    Dictionary<(string Uuid, PinLayer Layer), KeptGuest> before,
    AffinityReader affinity,
    GuestProcesses? processes,
    List<UnreadGuest> unread,
    List<Problem> problems)
{
    private readonly List<GuestPins> _guests = [];

    public Dictionary<(string Uuid, PinLayer Layer), KeptGuest> Kept { get; } = [];

    public IReadOnlyList<GuestPins> Guests() =>
    [
        .. _guests.OrderBy(guest => guest.Guest, StringComparer.Ordinal)
            .ThenBy(guest => guest.Uuid, StringComparer.Ordinal)
            .ThenBy(guest => guest.Layer),
    ];

    public void Read(GuestDomain domain, bool isTransient, bool isSaved)
    {
        var state = Ask<(int State, int Reason)?>(domain, "state", () => domain.State(), null);
        if (!isTransient)
        {
            Add(domain, PinLayer.Config, state);
        }

        // It may have stopped since it was listed.
        if (domain.IsActive && state is not { State: DomainWords.ShutOff })
        {
            Add(domain, PinLayer.Live, state);
        }

        if (isSaved)
        {
            Add(domain, PinLayer.SavedImage, state);
        }
    }

    private void Add(GuestDomain domain, PinLayer layer, (int State, int Reason)? state)
    {
        var key = (domain.Uuid, layer);
        var old = before.GetValueOrDefault(key);
        try
        {
            if (domain.Xml(layer, xml => Parsed(domain, layer, xml, old)) is { } kept)
            {
                Kept[key] = kept;
                problems.AddRange(kept.Problems);
                _guests.Add(Now(domain, kept, state));
            }
        }
        catch (LibvirtException error) when (error.IsGone)
        {
            // It went away, or stopped, after it was listed: the next look says which.
        }
        catch (LibvirtException error)
        {
            Unread(domain, layer, old, new Problem(Path(domain, layer), null, error.Message));
        }
    }

    private KeptGuest? Parsed(GuestDomain domain, PinLayer layer, ReadOnlySpan<byte> xml, KeptGuest? old)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(xml, hash);
        if (old is not null && hash.SequenceEqual(old.Hash))
        {
            return old;
        }

        var path = Path(domain, layer);
        var reading = DomainDocuments.Parse(xml.ToArray(), domain.Name);
        if (reading.Guests is not [var guest, ..])
        {
            Unread(domain, layer, old, (reading.Refused ?? new Problem("", null, "holds no domain")).With(path));
            return null;
        }

        // A running guest's definition has its id; one without is that of a guest that stopped meanwhile.
        if (layer == PinLayer.Live && guest.Pins.Layer != PinLayer.Live)
        {
            return null;
        }

        var pins = guest.Pins with { Guest = domain.Name, Uuid = domain.Uuid, Layer = layer };
        return new KeptGuest(hash.ToArray(), pins, [.. guest.Problems.Select(problem => problem.With(path))]);
    }

    private void Unread(GuestDomain domain, PinLayer layer, KeptGuest? old, Problem why)
    {
        problems.Add(why);
        unread.Add(new UnreadGuest(domain.Name, domain.Uuid, layer));
        if (old is not null)
        {
            Kept[(domain.Uuid, layer)] = old;
        }
    }

    private GuestPins Now(GuestDomain domain, KeptGuest kept, (int State, int Reason)? state)
    {
        var effective = kept.Pins.Layer == PinLayer.Live
            ? Ask(domain, "vCPUs", () => Effective(domain, kept), kept.Effective)
            : null;
        return state is { } now
            ? kept.With(DomainWords.State(now.State), DomainWords.Reason(now.State, now.Reason), effective)
            : kept.With(null, null, effective);
    }

    private EffectivePinning Effective(GuestDomain domain, KeptGuest kept)
    {
        var said = affinity.Read(domain, kept.Pins, kept.Effective);
        return processes is null ? said : processes.Read(domain.Name, said, kept.Effective);
    }

    // What cannot be told this time is what it was: not known again is no change.
    private T? Ask<T>(GuestDomain domain, string what, Func<T> question, T? before)
    {
        try
        {
            return question();
        }
        catch (LibvirtException error) when (error.IsGone || error.IsUnsupported)
        {
            return default;
        }
        catch (LibvirtException error)
        {
            problems.Add(new Problem($"domains/{domain.Name}/{what}", null, error.Message));
            return before;
        }
    }

    private static string Path(GuestDomain domain, PinLayer layer) => $"domains/{domain.Name}/{layer switch
    {
        PinLayer.Config => "config.xml",
        PinLayer.Live => "live.xml",
        _ => "saved-image.xml",
    }}";
}
