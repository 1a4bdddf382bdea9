using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Fit;

/// <summary>The same machine and the same pins under other numbers.</summary>
internal sealed class Relabelled(int[] cpus, int[] cells)
{
    public FitQuestion Of(FitQuestion question) => question with
    {
        Guest = Of(question.Guest),
        Host = question.Host with
        {
            Topology = Of(question.Host.Topology!),
            Memory = new ObservedMemory([.. question.Host.Memory!.Cells.Select(cell => cell with { Id = cells[cell.Id] })]),
        },
        Context = new FitContext(Of(question.Context!.Topology!)),
        Others = [.. question.Others.Select(Of)],
    };

    private GuestPins Of(GuestPins guest) => guest with
    {
        Cpus = Cpus(guest.Cpus),
        Pins = [.. guest.Pins.Select(pin => pin with { Cpus = Cpus(pin.Cpus) })],
        Emulator = Cpus(guest.Emulator),
        Memory = guest.Memory is null ? null : guest.Memory with { Cells = Cells(guest.Memory.Cells) },
    };

    private HostTopology Of(HostTopology topology) => HostTopology.Of(
        new CpuMasks(
            Cpus(topology.Cpus.Possible), Cpus(topology.Cpus.Present), Cpus(topology.Cpus.Online), Cpus(topology.Cpus.Isolated), null,
            Cpus(topology.Cpus.Allowed)),
        topology.Cells!.Select(cell => cell with
        {
            Id = cells[cell.Id],
            Cpus = Cpus(cell.Cpus),
            OnlineCpus = Cpus(cell.OnlineCpus),
            Distances = [.. cell.Distances!.Select(to => to with { Cell = cells[to.Cell] }).OrderBy(to => to.Cell)],
        }),
        topology.CpuInfo!.Select(cpu => cpu with { Id = cpus[cpu.Id], Siblings = Cpus(cpu.Siblings), L3 = Cpus(cpu.L3) }),
        topology.Devices!.Select(device => device with { Cell = device.Cell is { } cell ? cells[cell] : null }));

    private CpuSet? Cpus(CpuSet? set) => set is null ? null : CpuSet.Of(set.Members().Select(cpu => cpus[cpu]));

    private CpuSet? Cells(CpuSet? set) => set is null ? null : CpuSet.Of(set.Members().Select(cell => cells[cell]));
}
