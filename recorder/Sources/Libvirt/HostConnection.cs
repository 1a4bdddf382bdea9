using System.Runtime.InteropServices;
using NumaHistory.Recorder.Sources.Libvirt.Native;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// An open connection and what it is asked of the host. Every call waits for the other side and throws
/// <see cref="LibvirtException"/>; it is used by one thread.
/// </summary>
internal sealed unsafe class HostConnection : IDisposable
{
    private const uint ReadOnly = 1;

    // A host that is silent for so long is given up: every call to it then ends with an error.
    private const int KeepAliveSeconds = 5;
    private const int KeepAliveCount = 4;

    private static long _opened;

    private readonly ConnectHandle _connect;
    private IReadOnlyList<int>? _registrations;

    private HostConnection(ConnectHandle connect)
    {
        _connect = connect;
        Driver = (NativeText.Copy(LibvirtApi.GetDriver(connect)) ?? "").ToLowerInvariant();
        Uri = NativeText.Take(LibvirtApi.GetUri(connect));
    }

    /// <summary>The driver's name in lower case: qemu, xen, test.</summary>
    public string Driver { get; }

    /// <summary>The URI as libvirt has it: an alias is resolved, a default is written out.</summary>
    public string Uri { get; }

    /// <summary>Tells this connection from those before and after it.</summary>
    public long Number { get; } = Interlocked.Increment(ref _opened);

    /// <summary>Whether the other side is still there, as far as it is known here; asks nobody.</summary>
    public bool IsAlive => LibvirtApi.IsAlive(_connect) == 1;

    /// <summary>Opens without asking anybody for a password; null is libvirt's own default.</summary>
    public static HostConnection Open(string? uri)
    {
        LibvirtLibrary.Require();
        if (LibvirtUri.TestFile(uri) is { } file && !File.Exists(file))
        {
            // libxml2 would say so on stderr, which is not libvirt's to keep quiet.
            throw new LibvirtException(0, "there is no such file");
        }

        var connect = LibvirtApi.OpenAuth(uri, auth: 0, ReadOnly);
        if (connect.IsInvalid)
        {
            throw LibvirtException.Last();
        }

        // Drivers inside this process have no other side that could be lost, and refuse.
        _ = LibvirtApi.SetKeepAlive(connect, KeepAliveSeconds, KeepAliveCount);
        return new HostConnection(connect);
    }

    public string HostName() => NativeText.Take(LibvirtApi.GetHostName(_connect));

    /// <summary>Versions of hypervisor and libvirt on that host.</summary>
    public string? Versions()
    {
        var hypervisor = LibvirtApi.GetHypervisorVersion(_connect, out var first) == 0 && first > 0
            ? $"{Driver} {LibvirtLibrary.Version(first)}"
            : null;
        var libvirt = LibvirtApi.GetLibvirtVersion(_connect, out var second) == 0
            ? $"libvirt {LibvirtLibrary.Version(second)}"
            : null;
        return hypervisor is null ? libvirt : libvirt is null ? hypervisor : $"{hypervisor}, {libvirt}";
    }

    public T Capabilities<T>(Func<ReadOnlySpan<byte>, T> read) =>
        NativeText.Read(LibvirtApi.GetCapabilities(_connect), read);

    /// <summary>What the firmware says of the machine.</summary>
    public T Sysinfo<T>(Func<ReadOnlySpan<byte>, T> read) => NativeText.Read(LibvirtApi.GetSysinfo(_connect, 0), read);

    public NodeInfo NodeInfo()
    {
        LibvirtException.Checked(LibvirtApi.NodeGetInfo(_connect, out var info));
        return info;
    }

    /// <summary>How many CPU numbers the map has, and which of them are online.</summary>
    public CpuPresence CpuMap()
    {
        var count = LibvirtException.Checked(LibvirtApi.NodeGetCpuMap(_connect, out var map, out _, 0));
        try
        {
            var bits = new ReadOnlySpan<byte>(map, Libvirt.CpuMap.Length(count));
            return new CpuPresence(count, Libvirt.CpuMap.Read(bits));
        }
        finally
        {
            NativeMemory.Free(map);
        }
    }

    /// <summary>Free bytes of the cells 0, 1, ... in one call; as many as the host has, at most so many.</summary>
    public ulong[] FreeMemory(int cells)
    {
        var free = new ulong[cells];
        fixed (ulong* first = free)
        {
            var count = LibvirtException.Checked(LibvirtApi.NodeGetCellsFreeMemory(_connect, first, 0, cells));
            return free[..Math.Min(count, cells)];
        }
    }

    /// <summary>Free pages of each size in each of so many cells from a first one on, cell by cell.</summary>
    public ulong[] FreePages(uint[] sizesKiB, int start, int cells)
    {
        var free = new ulong[sizesKiB.Length * cells];
        fixed (uint* sizes = sizesKiB)
        fixed (ulong* counts = free)
        {
            LibvirtException.Checked(
                LibvirtApi.NodeGetFreePages(_connect, (uint)sizesKiB.Length, sizes, start, (uint)cells, counts, 0));
        }

        return free;
    }

    /// <summary>The domains of a kind; each has to be disposed of.</summary>
    public IReadOnlyList<GuestDomain> Domains(ListedDomains which)
    {
        var count = LibvirtException.Checked(LibvirtApi.ListAllDomains(_connect, out var list, (uint)which));
        var domains = new GuestDomain[count];
        for (var i = 0; i < count; i++)
        {
            domains[i] = new GuestDomain(new DomainHandle(list[i]));
        }

        NativeMemory.Free(list);
        return domains;
    }

    /// <summary>Lets the sink hear of events, and of the end of the connection, until it is closed.</summary>
    public void Listen(EventSink sink) => _registrations ??= EventCallbacks.Register(_connect, sink);

    public void Dispose()
    {
        if (_registrations is not null)
        {
            EventCallbacks.Unregister(_connect, _registrations);
        }

        _connect.Dispose();
    }
}
