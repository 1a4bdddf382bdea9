using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Where on one host a guest fits: a function of the host, the guests on it and why what is known of it is too old (null: it is not), and of
/// nothing else.
/// </summary>
internal sealed class HostPlacer(GuestWish wish, DateTimeOffset at)
{
    public const int MostCells = 8;

    /// <summary>Over how many guest cells it is tried, in this order.</summary>
    public static IEnumerable<int> Counts(GuestWish wish, int hostCells) => wish.Layout is { } layout ? [layout.Count]
        : wish.Cells is { } given ? [given]
        : Enumerable.Range(1, Math.Max(1, Math.Min(Math.Min(MostCells, wish.Vcpus), wish.AllowSharedCells ? MostCells : hostCells)));

    /// <summary>The candidate with its pinning, or the host with all that was found.</summary>
    public (PlacementAnswer Answer, GuestPins? Guest) Place(FitHost host, IReadOnlyList<GuestPins> others, string? stale) =>
        Place(host, HostRooms.Of(host, others, wish), others, stale);

    /// <summary>The same, where the rooms have been made.</summary>
    public (PlacementAnswer Answer, GuestPins? Guest) Place(FitHost host, PlacementHost rooms, IReadOnlyList<GuestPins> others, string? stale)
    {
        if (rooms.Cells.Count == 0 && host.Topology?.Cells is { Count: > 0 } cells)
        {
            return (Marked(NotAllowed.Told(NoCell(host, CpuSet.Of(cells.Select(cell => cell.Id))), host.Topology, wish), stale), null);
        }

        if (UnknownDevice.Of(host, wish) is { } unknown)
        {
            return (Marked(new PlacementAnswer(false, [], [unknown]), stale), null);
        }

        var (answer, guest) = Tried(host, rooms, others, stale);
        (answer, guest) = guest is null && UnknownMemory.TakenAsEnough(rooms, wish) is { } enough ? Tried(host, enough, others, stale) : (answer, guest);
        return (NoSuchPages.Told(NotAllowed.Told(answer, host.Topology, wish), host.Topology, wish), guest);
    }

    // Where nothing but what is not known speaks against one of the requests, that is the answer.
    private (PlacementAnswer Answer, GuestPins? Guest) Tried(FitHost host, PlacementHost rooms, IReadOnlyList<GuestPins> others, string? stale)
    {
        PlacementAnswer? first = null;
        PlacementAnswer? judged = null;
        var types = OneCoreType.Of(rooms, host.Topology, wish);
        foreach (var request in Requests(host, types))
        {
            var answer = Answer(request);
            if (answer.Fits)
            {
                (answer, var guest) = Judged(host, others, stale, rooms, answer.Candidates[0]);
                if (guest is not null)
                {
                    return (answer, guest);
                }

                judged = judged is null || (IsUnknown(answer) && !IsUnknown(judged)) ? answer : judged;
            }

            first ??= answer;
        }

        return (Marked(judged is not null && IsUnknown(judged) ? judged : types.Count == 1 ? first! : judged ?? OfAllTypes(host, rooms), stale), null);
    }

    private static bool IsUnknown(PlacementAnswer answer) => answer.Rejected is [{ IsUnknown: true }];

    /// <summary>Whether the host has the room, whatever a check of the pinning would say.</summary>
    public bool HasRoom(FitHost host, PlacementHost rooms) => UnknownDevice.Of(host, wish) is not null
        || Requests(host, OneCoreType.Of(UnknownMemory.TakenAsEnough(rooms, wish) ?? rooms, host.Topology, wish)).Any(request => Answer(request).Fits);

    // Cores of no type have the room: why, counted over all of them.
    private PlacementAnswer OfAllTypes(FitHost host, PlacementHost rooms)
    {
        var answers = Requests(host, [rooms]).Select(Answer).ToList();
        return answers.Exists(answer => answer.Fits) ? new PlacementAnswer(false, [], [OneCoreType.Mixed(rooms, host.Topology)]) : answers[0];
    }

    // Every guest cell has memory, and of that whole pages.
    private PlacementAnswer Answer(PlacementRequest request)
    {
        var count = request.Guest.Cells!.Count;
        return count > 1 && wish.Layout is null && wish.HugePageKiB is { } page && wish.MemoryKiB / page < count
            ? Placer.Rejected(request,
            [
                new Finding(
                    "hugepages", Verdict.Broken, "guest", FitWords.Size(wish.MemoryKiB), FitWords.Size(page), [],
                    $"ask for at least {FitWords.Size(page * count)}, for fewer guest cells or for smaller pages", PlacementCodes.Dimension("hugepages"),
                    $"{FitWords.Size(wish.MemoryKiB)} in pages of {FitWords.Size(page)} are too few for {count} guest cells, which each need one at least"),
            ])
            : Placer.Place(request);
    }

    // Which of several guest cells lies beside the device is tried one after the other.
    private IEnumerable<PlacementRequest> Requests(FitHost host, IReadOnlyList<PlacementHost> types)
    {
        var near = wish.Near is { } named ? Near(host.Topology, [named]) : Near(host.Topology, wish.HostDevices ?? []) is { IsEmpty: false } there ? there : null;
        foreach (var (count, rooms) in from count in Counts(wish, types[0].Cells.Count) from rooms in types select (count, rooms))
        {
            for (var beside = 0; beside < (near is null ? 1 : count); beside++)
            {
                yield return new PlacementRequest(
                    rooms,
                    new PlacementGuest(wish.Demands(count, near, beside), wish.Emulator),
                    new PlacementLimits(wish.Limits?.CpuAllocationRatio, HostRooms.MemoryRatio(wish)),
                    wish.Policy,
                    wish.AllowSharedCells);
            }
        }
    }

    private PlacementAnswer NoCell(FitHost host, CpuSet has) => new(false, [],
    [
        new RejectedHost(host.Name,
        [
            wish.OnCells is { } named
                ? new Finding(
                    "cell-gone", Verdict.Broken, "host", named.ToString(), has.ToString(), [], "name other cells, or none", FindingCodes.Dimension("cell-gone"),
                    $"it may go to {FitWords.Cells(named)} only; this host has {has}")
                : new Finding(
                    "cpu-offline", Verdict.Broken, "host", null, null, [], "bring CPUs online, or name the cells", FindingCodes.Dimension("cpu-offline"),
                    "no cell of this host has a CPU that guests can use"),
        ]),
    ]);

    // What speaks against a host whose facts are too old may be old too.
    private static PlacementAnswer Marked(PlacementAnswer answer, string? stale) =>
        stale is null || answer.Rejected is not [var host] || host.Findings.Any(finding => finding.Code == "stale") ? answer
        : answer with
        {
            Rejected =
            [
                host with
                {
                    Findings =
                    [
                        new Finding(
                            "stale", Verdict.Unknown, "host", null, null, [], FitWords.StaleRepair, FindingCodes.Dimension("stale"), FitWords.Stale(stale)),
                        .. host.Findings,
                    ],
                },
            ],
        };

    private (PlacementAnswer Answer, GuestPins? Guest) Judged(
        FitHost host, IReadOnlyList<GuestPins> others, string? stale, PlacementHost rooms, PlacedCandidate candidate)
    {
        var cells = PlacedGuest.WithEmulator(candidate.Cells!, rooms, wish);
        var guest = PlacedGuest.Of(cells, wish);
        var report = FitCheck.Check(new FitQuestion(
            guest, host, Situation.Start, new FitContext(host.Topology!), others, wish.Limits, FitEvidence.None with { Stale = stale }, at));
        return report.Verdict == Verdict.Fits
            ? (new PlacementAnswer(true, [Told(Scored(candidate, cells, rooms), guest, host.Memory)], []), guest)
            : (new PlacementAnswer(false, [], [new RejectedHost(host.Name, report.Findings)]), null);
    }

    // What else whoever accepts the candidate is to be given.
    private PlacedCandidate Told(PlacedCandidate candidate, GuestPins guest, ObservedMemory? memory) => candidate with
    {
        FreeUnknown = CpuSet.Of(candidate.Cells!.Where(cell => !IsFreeKnown(memory, cell)).Select(cell => cell.HostCell)) is { IsEmpty: false } cells ? cells : null,
        Exclusive = guest.Exclusive,
        Smt = guest.Smt,
        EmulatorThreads = wish.Emulator,
        HostDevices = guest.HostDevices.Count > 0 ? guest.HostDevices : null,
        Iothreads = guest.Iothreads.Count > 0 ? guest.Iothreads : null,
    };

    private static bool IsFreeKnown(ObservedMemory? memory, PlacedCell cell)
    {
        var sample = memory?.Cells.FirstOrDefault(one => one.Id == cell.HostCell);
        return (cell.PageSizeKiB is { } page ? sample?.Pages?.FirstOrDefault(pool => pool.SizeKiB == page)?.Free : sample?.FreeKiB) is not null;
    }

    // A free CPU that the emulator has is left to nobody else.
    private PlacedCandidate Scored(PlacedCandidate candidate, IReadOnlyList<PlacedCell> cells, PlacementHost rooms)
    {
        var room = rooms.Cells.First(one => one.Id == cells[0].HostCell);
        if (wish.Cpu != CpuKind.Dedicated || wish.Emulator == EmulatorPolicy.Isolate || candidate.ScoreParts is not { } parts
            || cells[0].Emulator!.Overlaps(room.UsedDedicatedCpus ?? CpuSet.Empty))
        {
            return candidate with { Cells = cells };
        }

        var counted = parts with
        {
            Cells = [.. parts.Cells.Select(left => left.HostCell == room.Id ? left with { CpusLeft = Math.Max(0, left.CpusLeft - 1) } : left)],
        };
        return candidate with { Cells = cells, Score = counted.Score, ScoreParts = counted };
    }

    // A device that is not there, or whose cell nobody tells, is near no cell.
    private static CpuSet Near(HostTopology? topology, IReadOnlyList<string> devices) =>
        CpuSet.Of(UnknownDevice.Named(topology, devices).Select(one => one.Cell).OfType<int>().Where(cell => cell >= 0).Distinct());
}
