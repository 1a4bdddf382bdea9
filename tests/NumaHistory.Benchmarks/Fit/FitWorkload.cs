using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Fit;

/// <summary>Hosts of any size with two threads a core, and pinned guests that fit them.</summary>
internal static class FitWorkload
{
    private const long CellKiB = 256L << 20;

    /// <summary>CPUs in cells of equal size; a thread's sibling is half the CPUs away.</summary>
    public static HostTopology Host(int cpus, int cells, string model = "A")
    {
        var half = cpus / 2;
        var each = half / cells;
        CpuSet Of(int cell) => CpuSet.Range(cell * each, ((cell + 1) * each) - 1).Union(CpuSet.Range(half + (cell * each), half + ((cell + 1) * each) - 1));
        var all = CpuSet.Range(0, cpus - 1);
        return HostTopology.Of(
            new CpuMasks(all, all, all, CpuSet.Empty, CpuSet.Empty, all),
            Enumerable.Range(0, cells).Select(cell => new Cell(
                cell, Of(cell), Of(cell), CellKiB, Pages: [new PagePool(2048, 0), new PagePool(1_048_576, 0)],
                Distances: [.. Enumerable.Range(0, cells).Select(to => new CellDistance(to, to == cell ? 10 : 21))])),
            all.Members().Select(cpu => new CpuInfo(
                cpu, cpu % half / each / 2, 0, null, cpu % half, CpuSet.Of(cpu % half, (cpu % half) + half), Of(cpu % half / each), null, model, 1, cpu)),
            []);
    }

    /// <summary>A guest of so many vCPUs on CPUs of one cell, its memory bound there.</summary>
    public static GuestPins Guest(int number, int vcpus, int cpus, int cells)
    {
        var each = cpus / 2 / cells;
        var cell = number % cells;
        return new GuestPins(
            $"guest{number}",
            new Guid(number, 0, 0, new byte[8]).ToString(),
            Vcpus: new GuestVcpus(vcpus, vcpus),
            MemoryKiB: 16 << 20,
            Placement: "static",
            Pins: [.. Enumerable.Range(0, vcpus).Select(vcpu => new VcpuPin(vcpu, CpuSet.Of((cell * each) + (vcpu % each))))],
            Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(cell)),
            Backing: new MemoryBacking(false, false));
    }

    public static FitQuestion Question(GuestPins guest, HostTopology host, HostTopology context) => new(
        guest,
        new FitHost("h", host, new ObservedMemory([.. host.Cells!.Select(cell => new CellMemory(cell.Id, cell.MemoryKiB, cell.MemoryKiB - 4096, 4096))])),
        Situation.Start,
        new FitContext(context));
}
