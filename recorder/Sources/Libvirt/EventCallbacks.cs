using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NumaHistory.Recorder.Sources.Libvirt.Native;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// libvirt's callbacks. They run on the event loop's thread, inside libvirt: no exception may leave them, and no
/// connection may be asked anything there. Each registration holds a handle of the sink until libvirt says that it is
/// done with it.
/// </summary>
internal static unsafe class EventCallbacks
{
    private const int Lifecycle = 0;
    private const int Tunable = 17;

    /// <summary>
    /// Registers for lifecycle, tunable and the end of the connection; what a driver does not know is left out.
    /// Returns what <see cref="Unregister"/> takes: a registration holds the connection open.
    /// </summary>
    public static IReadOnlyList<int> Register(ConnectHandle connect, EventSink sink)
    {
        Add(sink, opaque => LibvirtApi.RegisterCloseCallback(connect, &OnClose, opaque, &Release));
        delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, int> lifecycle = &OnLifecycle;
        delegate* unmanaged[Cdecl]<nint, nint, TypedParameter*, int, nint, void> tunable = &OnTunable;
        return [Add(connect, sink, Lifecycle, (nint)lifecycle), Add(connect, sink, Tunable, (nint)tunable)];
    }

    public static void Unregister(ConnectHandle connect, IReadOnlyList<int> registrations)
    {
        _ = LibvirtApi.UnregisterCloseCallback(connect, &OnClose);
        foreach (var registration in registrations.Where(registration => registration >= 0))
        {
            _ = LibvirtApi.DomainEventDeregister(connect, registration);
        }
    }

    private static int Add(ConnectHandle connect, EventSink sink, int id, nint callback) =>
        Add(sink, opaque => LibvirtApi.DomainEventRegister(connect, domain: 0, id, callback, opaque, &Release));

    private static int Add(EventSink sink, Func<nint, int> register)
    {
        var handle = GCHandle.Alloc(sink);
        var registration = register(GCHandle.ToIntPtr(handle));
        if (registration < 0)
        {
            handle.Free();
        }

        return registration;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnLifecycle(nint connect, nint domain, int happened, int detail, nint opaque)
    {
        var (what, how) = EventWords.Of(happened, detail);
        Tell(opaque, () => Of(LibvirtEventKind.Lifecycle, domain) with { What = what, Detail = how });
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTunable(nint connect, nint domain, TypedParameter* parameters, int count, nint opaque) =>
        Tell(opaque, () =>
        {
            var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                settings[parameters[i].Name] = parameters[i].Value;
            }

            return Of(LibvirtEventKind.Tunable, domain) with { Parameters = settings.ToImmutable() };
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClose(nint connect, int reason, nint opaque) =>
        Tell(opaque, () =>
            new LibvirtEvent(LibvirtEventKind.Disconnected, What: "closed", Detail: EventWords.Closed(reason)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint opaque) => GCHandle.FromIntPtr(opaque).Free();

    private static LibvirtEvent Of(LibvirtEventKind kind, nint domain) =>
        new(kind, DomainIdentity.Name(domain), DomainIdentity.Uuid(domain));

    private static void Tell(nint opaque, Func<LibvirtEvent> happened)
    {
        var sink = (EventSink)GCHandle.FromIntPtr(opaque).Target!;
        try
        {
            sink.Add(happened());
        }
        catch (Exception error) when (error is LibvirtException or FormatException)
        {
            // An event that cannot be read still says: look.
            sink.Add(new LibvirtEvent(LibvirtEventKind.Lifecycle, Detail: error.Message));
        }
    }
}
