using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Repair;

/// <summary>Reads the intent of a pinning off the machine it was made on, else off the machine it is on.</summary>
internal sealed class IntentReader
{
    private readonly FitReport _report;
    private readonly GuestIndex _pins;
    private readonly TopologyIndex _then;
    private readonly TopologyIndex _now;
    private readonly bool _apart;
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<(int Slot, int Cpu), WantedCpu> _known = [];
    private int _made;

    private IntentReader(FitQuestion question, FitReport report)
    {
        _report = report;
        _pins = GuestIndex.Of(question.Guest);
        _now = TopologyIndex.Of(question.Host.Topology!);
        _then = question.Context?.Topology is { } then ? TopologyIndex.Of(then) : _now;
        _apart = IsFound("vnuma-mismatch", null);
    }

    public static Intent Of(FitQuestion question, FitReport report) => new IntentReader(question, report).Read(question.Guest);

    private Intent Read(GuestPins guest)
    {
        var sets = new SortedDictionary<int, IReadOnlyList<WantedCpu>>();
        foreach (var pin in guest.Pins.Where(pin => pin.Cpus is { IsEmpty: false }))
        {
            sets[pin.Vcpu] = Wanted(pin.Vcpu, pin.Cpus!);
        }

        if (_pins.Inherits)
        {
            sets[Intent.Inherited] = Wanted(Intent.Inherited, guest.Cpus!);
        }

        foreach (var (part, index) in _pins.Parts.Select((part, index) => (part, index)))
        {
            foreach (var cell in part.Bound?.Members() ?? [])
            {
                SlotOf(index, cell, hasCpus: false);
            }
        }

        if (guest.Exclusive == true)
        {
            TellApart(sets);
        }

        if (guest.Smt == SmtPolicy.Require)
        {
            Pair(sets);
        }

        return new Intent(guest, _slots, sets, CoreType(sets));
    }

    private List<WantedCpu> Wanted(int vcpu, CpuSet cpus)
    {
        // The kernel leaves a thread on the first of several isolated CPUs, so that one is all it has.
        if (IsFound("isolated-floating", FitWords.Vcpu(vcpu)))
        {
            var sharing = _pins.Active.Where(pin => cpus.Equals(pin.Cpus)).Select(pin => pin.Vcpu).ToList();
            cpus = CpuSet.Of(cpus.Members().ElementAt(Math.Max(0, sharing.IndexOf(vcpu)) % cpus.Count));
        }

        var index = Math.Max(0, Array.FindIndex(_pins.Parts, part => part.Id is { } id
            && _pins.Guest.GuestCells.Any(cell => cell.Id == id && cell.Vcpus?.Contains(vcpu) == true)));
        return [.. cpus.Members().Select(cpu => Wanted(vcpu, cpu, SlotOf(index, Home(_pins.Parts[index], cpu), hasCpus: true)))];
    }

    private WantedCpu Wanted(int vcpu, int cpu, int slot)
    {
        if (!_known.TryGetValue((slot, cpu), out var known))
        {
            // Who wants a core alone does not want to share it with itself either, unless one vCPU has all of it.
            var core = _then.Info(cpu)?.Siblings?.First ?? -cpu - 1;
            core = _pins.Guest.Smt == SmtPolicy.Isolate ? (core * 4096) + vcpu : core;
            _known[(slot, cpu)] = known = new WantedCpu(_made++, cpu, slot, core, _then.Isolated?.Contains(cpu) == true);
        }

        return known;
    }

    // Where a CPU lay; one that strayed from the memory of its part is meant to lie with it.
    private int Home(GuestPart part, int cpu)
    {
        var cell = _then.CellOf(cpu) is >= 0 and var then ? then : _now.CellOf(cpu);
        if (part.Bound is { IsEmpty: false } bound)
        {
            return bound.Contains(cell) ? cell
                : bound.Count == 1 || _then.LiesIn(cpu, bound) ? bound.First
                : Spread(part.Cpus, cpu, bound);
        }

        return IsFound("cell-split", part.Subject)
            ? part.Cpus.Members().Select(_then.CellOf).GroupBy(one => one).OrderByDescending(one => one.Count()).First().Key
            : cell;
    }

    // Strays of a part with memory in several cells are shared out evenly among these, cores whole.
    private int Spread(CpuSet cpus, int cpu, CpuSet bound)
    {
        var strays = cpus.Members().Where(one => !_then.LiesIn(one, bound)).Select(CoreThen).Distinct().Order().ToList();
        return bound.Members().ElementAt(Math.Max(0, strays.IndexOf(CoreThen(cpu))) * bound.Count / Math.Max(1, strays.Count));
    }

    private int CoreThen(int cpu) => _then.Info(cpu)?.Siblings is { IsEmpty: false } siblings ? siblings.First : cpu;

    private int SlotOf(int part, int cell, bool hasCpus)
    {
        int? key = _apart ? part : null;
        var index = _slots.FindIndex(slot => slot.Part == key && slot.Cell == cell);
        if (index < 0)
        {
            _slots.Add(new Slot(key, cell, hasCpus));
            return _slots.Count - 1;
        }

        _slots[index] = _slots[index] with { HasCpus = _slots[index].HasCpus || hasCpus };
        return index;
    }

    // vCPUs that are promised CPUs of their own but name the same: the later ones need others.
    private void TellApart(SortedDictionary<int, IReadOnlyList<WantedCpu>> sets)
    {
        var taken = new List<IReadOnlyList<WantedCpu>>();
        foreach (var (vcpu, set) in sets.ToList())
        {
            var others = taken.Where(one => one.Intersect(set).Any()).ToList();
            if (others.Exists(one => !one.SequenceEqual(set)) || others.Count >= set.Count)
            {
                sets[vcpu] = [.. set.Select(cpu => others.Exists(one => one.Contains(cpu)) ? Another(cpu.Slot) : cpu)];
            }

            taken.Add(sets[vcpu]);
        }
    }

    private void Pair(SortedDictionary<int, IReadOnlyList<WantedCpu>> sets)
    {
        var alone = sets.Values.SelectMany(set => set).Distinct().GroupBy(cpu => (cpu.Slot, cpu.Core))
            .Where(unit => unit.Count() == 1).Select(unit => unit.Single()).ToList();
        var pairs = alone.GroupBy(cpu => cpu.Slot).SelectMany(slot => slot.Chunk(2))
            .SelectMany(pair => pair.Select(cpu => (cpu, paired: cpu with { Core = pair[0].Core })))
            .ToDictionary(one => one.cpu, one => one.paired);
        foreach (var (vcpu, set) in sets.ToList())
        {
            sets[vcpu] = [.. set.Select(cpu => pairs.GetValueOrDefault(cpu, cpu))];
        }
    }

    private WantedCpu Another(int slot) => new(_made++, null, slot, int.MinValue + _made, IsIsolated: false);

    // Cores of several types: vCPUs of one guest are meant to be alike.
    private string? CoreType(SortedDictionary<int, IReadOnlyList<WantedCpu>> sets) => !_now.HasCoreTypes
        ? null
        : sets.Values.SelectMany(set => set).Select(cpu => cpu.Id is { } id ? _then.Info(id)?.CoreType : null).OfType<string>()
            .GroupBy(type => type).OrderByDescending(type => type.Count()).FirstOrDefault()?.Key;

    private bool IsFound(string code, string? subject) => _report.Findings.Any(finding =>
        finding.Code == code && finding.Verdict != Verdict.Info && (subject is null || finding.Subject == subject));
}
