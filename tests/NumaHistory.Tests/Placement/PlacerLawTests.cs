using CsCheck;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Placement;

/// <summary>Small machines and guests: the answer against trying everything.</summary>
public sealed class PlacerLawTests
{
    private static readonly Gen<CpuSet> SixCpus = Gen.Int[0, 63].Select(bits => CpuSet.Of(Enumerable.Range(0, 6).Where(cpu => (bits & (1 << cpu)) != 0)));

    private static readonly Gen<CpuSet[]?> Cores = Gen.Int[0, 3].Select(kind => kind switch
    {
        0 => (CpuSet[]?)null,
        1 => [CpuSet.Of(0, 1), CpuSet.Of(2, 3), CpuSet.Of(4, 5)],
        2 => [CpuSet.Of(0, 1, 2), CpuSet.Of(3, 4, 5)],
        _ => [CpuSet.Of(0), CpuSet.Of(1, 2), CpuSet.Of(3, 4, 5)],
    });

    private static readonly Gen<CellRoom> Room = Gen.Select(SixCpus, SixCpus, SixCpus, Cores, Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 3])
        .Select((shared, dedicated, used, cores, memory, usedMemory, pages) => new CellRoom(
            0, shared, dedicated, used.Intersect(dedicated), usedMemory, cores, memory * 4, usedMemory * 2, Pages: [new PageRoom(1, 8, pages), new PageRoom(4, pages)]));

    private static readonly Gen<CellDemand> Cell = Gen.Select(
            Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 8], Gen.Enum<PageChoice>().Nullable(), Gen.Enum<SmtPolicy>().Nullable(), Gen.Int[0, 1])
        .Select((shared, dedicated, memory, page, smt, reserved) => new CellDemand(
            0,
            CpuSet.Of(Enumerable.Range(0, shared)),
            CpuSet.Of(Enumerable.Range(10, dedicated)),
            memory,
            PageSize: page,
            Smt: smt,
            ReservedCpus: reserved));

    private static readonly Gen<PlacementRequest> Any = Gen.Select(
            Room.Array[1, 4], Cell.Array[1, 3], Gen.Enum<EmulatorPolicy>().Nullable(), Gen.Enum<PlacementPolicy>().Nullable(), Gen.Bool, Gen.Int[0, 2])
        .Select((rooms, cells, emulator, policy, limits, ratio) => new PlacementRequest(
            new PlacementHost("h", [.. rooms.Select((room, i) => Apart(room, i) with { Id = i * 2, Distances = [.. rooms.Select((_, to) => new CellDistance(to * 2, 10 + (Math.Abs(i - to) * 3)))] })]),
            new PlacementGuest([.. cells.Select((cell, i) => cell with { Id = i, SharedVcpus = Moved(cell.SharedVcpus!, i), DedicatedVcpus = Moved(cell.DedicatedVcpus!, i) })], emulator),
            limits ? new PlacementLimits(1 + (ratio / 2.0), 1 + (ratio / 4.0)) : null,
            policy));

    [Fact]
    public void A_guest_fits_exactly_where_some_choice_of_cells_and_CPUs_keeps_every_rule() => Any.Sample(
        request =>
        {
            var answer = Placer.Place(request);
            return (answer.Fits == Anywhere(request, 0, []) || (!answer.Fits && MayBeCleverer(request))) && !PlacementRules.Broken(request, answer).Any();
        },
        iter: 3_000);

    [Fact]
    public void Where_vCPUs_may_have_some_of_the_CPUs_only_others_are_set_aside_first() => Gen.Select(Any, SixCpus.Array[4]).Sample(
        (any, some) =>
        {
            var request = any with
            {
                Host = any.Host with { Cells = [.. any.Host.Cells.Select((room, i) => room with { VcpuCpus = WholeCores(room, Moved(some[i], i, 6)) })] },
                Guest = any.Guest with { Cells = [.. any.Guest.Cells!.Select(cell => cell with { SharedVcpus = null })] },
            };
            var answer = Placer.Place(request);
            return answer.Fits == Anywhere(request, 0, []) && !PlacementRules.Broken(request, answer).Any() && !answer.Candidates.SelectMany(one => one.Cells!).Any(cell => IsWasteful(request, cell));
        },
        iter: 3_000);

    [Fact]
    public void The_closest_cells_are_the_closest() => Any.Sample(
        request =>
        {
            var closest = Placer.Place(request with { Policy = PlacementPolicy.Closest });
            return !closest.Fits || MayBeCleverer(request) || Distance(request, [.. closest.Candidates[0].Cells!.Select(cell => cell.HostCell / 2)]) == Least(request, 0, []);
        },
        iter: 1_000);

    [Fact]
    public void Cells_that_may_share_fit_wherever_they_fit_apart_and_take_no_CPU_twice() => Any.Sample(
        request =>
        {
            var shared = Placer.Place(request with { AllowSharedCells = true });
            var cpus = shared.Candidates.SelectMany(one => one.Cells!).SelectMany(cell => cell.Pins!
                .Where(pin => request.Guest.Cells![cell.GuestCell].DedicatedVcpus!.Contains(pin.Vcpu))
                .Select(pin => (cell.HostCell, pin.Cpus!.First))
                .Concat((cell.Reserved ?? CpuSet.Empty).Union(cell.Emulator ?? CpuSet.Empty).Members().Select(cpu => (cell.HostCell, First: cpu)))).ToList();
            return (shared.Fits || !Placer.Place(request).Fits) && cpus.Distinct().Count() == cpus.Count;
        },
        iter: 1_000);

    [Fact]
    public void Where_cells_have_CPUs_in_common_none_is_given_twice() => Any.Sample(
        request =>
        {
            var common = request with { Host = request.Host with { Cells = [.. request.Host.Cells.Select((room, i) => Apart(room, -i))] } };
            var answer = Placer.Place(common);
            var cpus = answer.Candidates.SelectMany(one => one.Cells!).SelectMany(cell => cell.Pins!
                .Where(pin => request.Guest.Cells![cell.GuestCell].DedicatedVcpus!.Contains(pin.Vcpu)).Select(pin => pin.Cpus!.First)
                .Concat((cell.Reserved ?? CpuSet.Empty).Union(cell.Emulator ?? CpuSet.Empty).Members())).ToList();
            var shared = answer.Candidates.SelectMany(one => one.Cells!).SelectMany(cell => cell.Pins!
                .Where(pin => request.Guest.Cells![cell.GuestCell].SharedVcpus!.Contains(pin.Vcpu))).Select(pin => pin.Cpus!).ToList();
            var all = shared.Aggregate(CpuSet.Empty, (sum, one) => sum.Union(one));
            return cpus.Distinct().Count() == cpus.Count && !PlacementRules.Broken(common, answer).Any() && shared.Count <= all.Count && !cpus.Any(all.Contains);
        },
        iter: 2_000);

    // Which of the CPUs that are both shared and dedicated are given away is not searched for where SMT counts too.
    private static bool MayBeCleverer(PlacementRequest request) =>
        request.Guest.Cells!.Any(cell => cell.Smt is SmtPolicy.Isolate or SmtPolicy.Require && !cell.SharedVcpus!.IsEmpty && !cell.DedicatedVcpus!.IsEmpty)
        && request.Host.Cells.Any(room => room.SharedCpus!.Overlaps(room.DedicatedCpus!));

    // The threads of a core are of one type.
    private static CpuSet WholeCores(CellRoom room, CpuSet cpus) => (room.Siblings ?? []).Where(core => core.Overlaps(cpus)).Aggregate(cpus, (all, core) => all.Union(core));

    // A CPU for vCPUs is set aside where another is free that is no thread of a core they want alone.
    private static bool IsWasteful(PlacementRequest request, PlacedCell cell)
    {
        var room = request.Host.Cells[cell.HostCell / 2];
        var aside = (cell.Reserved ?? CpuSet.Empty).Union(cell.Emulator ?? CpuSet.Empty);
        var own = CpuSet.Of(cell.Pins!.SelectMany(pin => pin.Cpus!.Members()));
        var others = room.DedicatedCpus!.Except(room.UsedDedicatedCpus!).Except(room.VcpuCpus!).Except(aside);
        return aside.Overlaps(room.VcpuCpus!) && !(room.Siblings ?? []).Where(core => core.Overlaps(own)).Aggregate(others, (left, core) => left.Except(core)).IsEmpty;
    }

    // Every cell has six CPU numbers of its own.
    private static CellRoom Apart(CellRoom room, int cell) => room with
    {
        SharedCpus = Moved(room.SharedCpus!, cell, 6),
        DedicatedCpus = Moved(room.DedicatedCpus!, cell, 6),
        UsedDedicatedCpus = Moved(room.UsedDedicatedCpus!, cell, 6),
        Siblings = room.Siblings is null ? null : [.. room.Siblings.Select(core => Moved(core, cell, 6))],
    };

    private static CpuSet Moved(CpuSet cpus, int cell, int by) => CpuSet.Of(cpus.Members().Select(cpu => cpu + (cell * by)));

    private static CpuSet Moved(CpuSet vcpus, int by) => CpuSet.Of(vcpus.Members().Select(vcpu => vcpu + (by * 20)));

    private static bool Anywhere(PlacementRequest request, int cell, int[] taken) => cell == request.Guest.Cells!.Count
        || Enumerable.Range(0, request.Host.Cells.Count).Any(host => !taken.Contains(host) && Goes(request, cell, host) && Anywhere(request, cell + 1, [.. taken, host]));

    private static int Least(PlacementRequest request, int cell, int[] taken) => cell == request.Guest.Cells!.Count
        ? Distance(request, taken)
        : Enumerable.Range(0, request.Host.Cells.Count).Where(host => !taken.Contains(host) && Goes(request, cell, host))
            .Select(host => Least(request, cell + 1, [.. taken, host])).DefaultIfEmpty(int.MaxValue).Min();

    private static int Distance(PlacementRequest request, int[] hosts) =>
        hosts.Sum(from => hosts.Where(to => to != from).Sum(to => request.Host.Cells[from].Distances![to].Distance));

    // Every choice of CPUs for the vCPUs, and of the rest for those set aside.
    private static bool Goes(PlacementRequest request, int cell, int host)
    {
        var (demand, room) = (request.Guest.Cells![cell], request.Host.Cells[host]);
        var aside = demand.ReservedCpus!.Value + (cell == 0 && request.Guest.EmulatorThreads == EmulatorPolicy.Isolate ? 1 : 0);
        var subsets = Enumerable.Range(0, 64).Select(bits => CpuSet.Of(Enumerable.Range(0, 6).Where(cpu => (bits & (1 << cpu)) != 0).Select(cpu => cpu + (6 * host)))).ToList();
        return subsets.Where(set => set.Count == demand.DedicatedVcpus!.Count)
            .Any(vcpus => subsets.Where(set => set.Count == aside)
                .Any(rest => !PlacementRules.Broken(demand, room, request.Limits, vcpus, rest).Any()));
    }
}
