using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Placement;

/// <summary>The rules of a placement, written down from the contract alone: what an answer breaks of them.</summary>
internal static class PlacementRules
{
    public static IEnumerable<string> Broken(PlacementRequest request, PlacementAnswer answer)
    {
        if (answer.Fits != answer.Candidates.Count > 0 || answer.Fits == answer.Rejected.Count > 0)
        {
            yield return "fits, candidates and rejected do not agree";
        }

        if (answer.Rejected.Any(host => host.Findings.Count == 0))
        {
            yield return "rejected without a reason";
        }

        foreach (var cells in answer.Candidates.Select(candidate => candidate.Cells!))
        {
            if (!request.AllowSharedCells && cells.Select(cell => cell.HostCell).Distinct().Count() < cells.Count)
            {
                yield return "two guest cells on one host cell";
            }

            foreach (var broken in request.Guest.Cells is { } wanted ? wanted.SelectMany((demand, i) => Broken(request, cells, demand, i)) : [])
            {
                yield return broken;
            }
        }
    }

    /// <summary>What one guest cell breaks with these CPUs: of its vCPUs, and set aside.</summary>
    public static IEnumerable<string> Broken(CellDemand demand, CellRoom room, PlacementLimits? limits, CpuSet vcpus, CpuSet aside)
    {
        var free = (room.DedicatedCpus ?? CpuSet.Empty).Except(room.UsedDedicatedCpus ?? CpuSet.Empty);
        var shared = demand.SharedVcpus?.Count ?? 0;
        var memory = demand.MemoryKiB ?? 0;
        var total = room.MemoryKiB ?? 0;
        var hasDedicated = demand.DedicatedVcpus?.IsEmpty == false;
        var left = SharedLeft(demand, room, vcpus, aside).Count;
        bool[] rules =
        [
            vcpus.Union(aside).IsSubsetOf(free),
            room.VcpuCpus is not { } given || vcpus.IsSubsetOf(given),
            !vcpus.Overlaps(aside),
            vcpus.Count == (demand.DedicatedVcpus?.Count ?? 0),
            shared <= left,
            memory <= total,
            !hasDedicated || memory <= total - (room.MemoryUsedKiB ?? 0),
            shared == 0 || limits?.CpuAllocationRatio is not { } cpus || (room.SharedCpuUsage ?? 0) + shared <= cpus * left,
            hasDedicated || limits?.MemoryAllocationRatio is not { } ratio || (room.MemoryUsedKiB ?? 0) + memory <= ratio * total,
            (demand.Resources ?? new Dictionary<string, long>()).All(one => one.Value <= (room.Resources?.GetValueOrDefault(one.Key) ?? 0)),
            !hasDedicated || Smt(demand.Smt, room, vcpus, aside),
            (demand.PageSize is null && demand.PageSizeKiB is null) || Sizes(demand, room).Any(),
        ];
        return rules.Select((holds, i) => (holds, i)).Where(rule => !rule.holds).Select(rule => $"guest cell {demand.Id}: rule {rule.i}");
    }

    private static IEnumerable<string> Broken(PlacementRequest request, IReadOnlyList<PlacedCell> cells, CellDemand demand, int index)
    {
        var placed = cells.Single(cell => cell.GuestCell == demand.Id);
        var room = request.Host.Cells.Single(cell => cell.Id == placed.HostCell);
        var pins = placed.Pins!.ToDictionary(pin => pin.Vcpu, pin => pin.Cpus!);
        var own = (demand.DedicatedVcpus ?? CpuSet.Empty).Members().Select(vcpu => pins[vcpu]).ToList();
        var aside = (placed.Reserved ?? CpuSet.Empty).Union(placed.Emulator ?? CpuSet.Empty);
        var hasEmulator = request.Guest.EmulatorThreads == EmulatorPolicy.Isolate && index == 0;
        var vcpus = own.Aggregate(CpuSet.Empty, (all, one) => all.Union(one));
        var left = SharedLeft(demand, room, vcpus, aside);
        return Broken(demand, room, request.Limits, vcpus, aside)
            .Concat(own.Exists(cpus => cpus.Count != 1) ? ["a dedicated vCPU without one CPU"] : [])
            .Concat((placed.Reserved?.Count ?? 0) != (demand.ReservedCpus ?? 0) ? ["reserved CPUs are not as many"] : [])
            .Concat((placed.Emulator?.Count ?? 0) != (hasEmulator ? 1 : 0) ? ["the emulator's CPU is not one"] : [])
            .Concat(pins.Count != own.Count + (demand.SharedVcpus?.Count ?? 0) ? ["not every vCPU is pinned"] : [])
            .Concat((demand.SharedVcpus ?? CpuSet.Empty).Members().Any(vcpu => !pins[vcpu].IsSubsetOf(left) || pins[vcpu].Count < demand.SharedVcpus!.Count)
                ? ["a shared vCPU beside the shared CPUs"] : [])
            .Concat(placed.PageSizeKiB is { } size && !Sizes(demand, room).Contains(size) ? ["a page size that does not do"] : []);
    }

    // Nobody shares what somebody has for himself, nor the cores that he has alone.
    private static CpuSet SharedLeft(CellDemand demand, CellRoom room, CpuSet vcpus, CpuSet aside)
    {
        var cores = demand.Smt == SmtPolicy.Isolate ? (room.Siblings ?? []).Where(core => core.Overlaps(vcpus)) : [];
        return cores.Aggregate((room.SharedCpus ?? CpuSet.Empty).Except(room.UsedDedicatedCpus ?? CpuSet.Empty).Except(vcpus).Except(aside), (left, core) => left.Except(core));
    }

    private static bool Smt(SmtPolicy? policy, CellRoom room, CpuSet vcpus, CpuSet aside)
    {
        var alone = 0;
        foreach (var cpu in vcpus.Members())
        {
            var others = ((room.Siblings ?? []).FirstOrDefault(core => core.Contains(cpu)) ?? CpuSet.Of(cpu)).Except(CpuSet.Of(cpu));
            var pool = (room.SharedCpus ?? CpuSet.Empty).Except(room.DedicatedCpus ?? CpuSet.Empty);
            var used = (room.UsedDedicatedCpus ?? CpuSet.Empty).Union(vcpus).Union(aside).Union(pool);
            if ((policy == SmtPolicy.Isolate && others.Overlaps(used)) || (policy == SmtPolicy.Require && others.IsEmpty))
            {
                return false;
            }

            alone += others.Overlaps(vcpus) ? 0 : 1;
        }

        return policy != SmtPolicy.Require || alone <= vcpus.Count % 2;
    }

    private static IEnumerable<long> Sizes(CellDemand demand, CellRoom room)
    {
        var pools = room.Pages ?? [];
        var smallest = pools.Count == 0 ? 0 : pools.Min(pool => pool.SizeKiB);
        return pools
            .Where(pool => demand.PageSizeKiB is { } size ? pool.SizeKiB == size : demand.PageSize switch
            {
                PageChoice.Small => pool.SizeKiB == smallest,
                PageChoice.Large => pool.SizeKiB > smallest,
                _ => true,
            })
            .Where(pool => (demand.MemoryKiB ?? 0) % pool.SizeKiB == 0
                && (demand.MemoryKiB ?? 0) / pool.SizeKiB <= pool.Total - (pool.Used ?? 0) - (pool.Reserved ?? 0))
            .Select(pool => pool.SizeKiB);
    }
}
