using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// Reads where a running guest's threads may really run. Vectors are kept between guests, equal sets are one object.
/// </summary>
internal sealed class AffinityReader(HostReading host)
{
    private readonly int _mapLength = CpuMap.Length(host.CpuNumbers);
    private VcpuInfo[] _vcpus = [];
    private byte[] _maps = [];
    private byte[] _lastMap = [];
    private CpuSet _lastSet = CpuSet.Empty;

    /// <summary>What is in force; the one of last time when it says the same.</summary>
    public EffectivePinning Read(GuestDomain domain, GuestPins live, EffectivePinning? before)
    {
        var most = Math.Max(live.Vcpus?.Maximum ?? 1, 1);
        if (_vcpus.Length < most)
        {
            (_vcpus, _maps) = (new VcpuInfo[most], new byte[most * _mapLength]);
        }

        var count = domain.Vcpus(_vcpus.AsSpan(0, most), _maps.AsSpan(0, most * _mapLength), _mapLength);
        var pins = new EffectivePin[Math.Min(count, most)];
        for (var i = 0; i < pins.Length; i++)
        {
            var vcpu = _vcpus[i];
            var cpus = Set(_maps.AsSpan(i * _mapLength, _mapLength));
            pins[i] = new EffectivePin((int)vcpu.Number, cpus, vcpu.Cpu < 0 ? null : vcpu.Cpu);
        }

        var iothreads = live.Iothreads.Count == 0 ? [] : domain.Iothreads(Known);
        return before is not null && before.Pins.SequenceEqual(pins) && before.Iothreads.SequenceEqual(iothreads)
            ? before
            : new EffectivePinning(pins, iothreads);
    }

    // Most vCPUs of a host may run on the same CPUs as the one before them.
    private CpuSet Set(ReadOnlySpan<byte> map)
    {
        if (!map.SequenceEqual(_lastMap))
        {
            (_lastMap, _lastSet) = (map.ToArray(), Known(CpuMap.Read(map)));
        }

        return _lastSet;
    }

    // Xen sets bits far beyond the last CPU.
    private CpuSet Known(CpuSet set) => host.Cpus is { } cpus ? set.Intersect(cpus) : set;
}
