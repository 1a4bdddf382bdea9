using System.Runtime.InteropServices;
using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>A domain and what it is asked; every question but these three waits for the other side.</summary>
internal sealed unsafe class GuestDomain(DomainHandle domain) : IDisposable
{
    private const uint Live = 1;
    private const uint Inactive = 2;

    public string Name { get; } = domain.Name;

    public string Uuid { get; } = domain.Uuid;

    /// <summary>Whether it ran when it was listed.</summary>
    public bool IsActive { get; } = domain.IsActive;

    /// <summary>virDomainState and the reason that goes with it.</summary>
    public (int State, int Reason) State()
    {
        LibvirtException.Checked(LibvirtApi.DomainGetState(domain, out var state, out var reason, 0));
        return (state, reason);
    }

    /// <summary>The definition in a layer; without passwords, which a read-only connection is not told.</summary>
    public T Xml<T>(PinLayer layer, Func<ReadOnlySpan<byte>, T> read) => NativeText.Read(
        layer switch
        {
            PinLayer.Config => LibvirtApi.DomainGetXml(domain, Inactive),
            PinLayer.Live => LibvirtApi.DomainGetXml(domain, 0),
            _ => LibvirtApi.DomainGetManagedSaveXml(domain, 0),
        },
        read);

    /// <summary>
    /// The online vCPUs with the CPU each ran on, and their affinity as the kernel or hypervisor has it: a map of so
    /// many bytes for each. Returns how many there are.
    /// </summary>
    public int Vcpus(Span<VcpuInfo> vcpus, Span<byte> maps, int mapLength)
    {
        fixed (VcpuInfo* first = vcpus)
        fixed (byte* map = maps)
        {
            return LibvirtException.Checked(LibvirtApi.DomainGetVcpus(domain, first, vcpus.Length, map, mapLength));
        }
    }

    /// <summary>The I/O threads that run, with their affinity as the kernel has it.</summary>
    public IReadOnlyList<IothreadPin> Iothreads(Func<CpuSet, CpuSet> known)
    {
        var count = LibvirtException.Checked(LibvirtApi.DomainGetIothreads(domain, out var threads, Live));
        var pins = new List<IothreadPin>();
        for (var i = 0; i < count; i++)
        {
            var map = new ReadOnlySpan<byte>(threads[i]->Map, threads[i]->MapLength);
            pins.Add(new IothreadPin((int)threads[i]->Id, known(CpuMap.Read(map))));
            LibvirtApi.IothreadFree(threads[i]);
        }

        NativeMemory.Free(threads);
        return [.. pins.OrderBy(pin => pin.Id)];
    }

    public void Dispose() => domain.Dispose();
}
