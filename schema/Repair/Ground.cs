using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>The CPUs of a host that a guest may be given: there, online, allowed, and nobody else's.</summary>
internal sealed class Ground
{
    private readonly Dictionary<int, CpuSet> _in = [];

    public Ground(FitQuestion question)
    {
        Host = TopologyIndex.Of(question.Host.Topology!);
        var others = question.Others.Where(other => !GuestIndex.Same(other, question.Guest)).Select(GuestIndex.Of).ToList();
        OthersOwn = Union(others.Select(other => other.Dedicated)).Union(Siblings(Union(
            others.Where(other => other.Guest.Smt == SmtPolicy.Isolate).Select(other => other.Vcpus))));
        var used = Union(others.Select(other => other.Everything));
        var closed = OthersOwn
            .Union(question.Guest.Exclusive == true ? used : CpuSet.Empty)
            .Union(question.Guest.Smt == SmtPolicy.Isolate ? used.Union(Siblings(used)) : CpuSet.Empty);
        var usable = CpuSet.Of((Host.Existing ?? CpuSet.Empty).Members().Where(Host.IsUsable));
        Usable = Host.Topology.Cpus.Allowed is { } allowed ? usable.Intersect(allowed) : usable;
        Free = Usable.Except(closed);
    }

    public TopologyIndex Host { get; }

    /// <summary>CPUs that guests may use here, whoever has them.</summary>
    public CpuSet Usable { get; }

    /// <summary>CPUs that no other guest may be met on.</summary>
    public CpuSet OthersOwn { get; }

    /// <summary>CPUs that the guest's vCPUs may have.</summary>
    public CpuSet Free { get; }

    /// <summary>The first CPU of a CPU's core; a CPU whose siblings are not known is a core of its own.</summary>
    public int CoreOf(int cpu) => Host.Info(cpu)?.Siblings is { IsEmpty: false } siblings ? siblings.First : cpu;

    /// <summary>The free CPUs of a cell.</summary>
    public CpuSet In(int cell)
    {
        if (!_in.TryGetValue(cell, out var cpus))
        {
            var one = CpuSet.Of(cell);
            _in[cell] = cpus = CpuSet.Of(Free.Members().Where(cpu => Host.LiesIn(cpu, one)));
        }

        return cpus;
    }

    private CpuSet Siblings(CpuSet cpus) => Union(cpus.Members().Select(cpu => Host.Info(cpu)?.Siblings));

    private static CpuSet Union(IEnumerable<CpuSet?> sets) =>
        sets.Aggregate(new CpuSetBuilder(), (all, one) => all.AddAll(one ?? CpuSet.Empty)).Build();
}
