using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// The verdict on pinnings as a step function of observed time: judged where an input changed and nowhere else. Late facts are in
/// their place, since only observed time counts.
/// </summary>
public sealed class Replayer
{
    private readonly ReplayQuestion _question;
    private readonly bool _onlyAsks;
    private readonly PassingFleet _fleet;
    private readonly Dictionary<Guid, VerdictRecord> _records = [];
    private readonly HashSet<string> _memoryAsked = [];

    private Replayer(ReplayInput input, ReplayQuestion question, bool onlyAsks)
    {
        (_question, _onlyAsks) = (question, onlyAsks);
        _fleet = new PassingFleet(input, question.IsNamed);
    }

    /// <summary>The verdicts on every guest that is asked for and was somewhere in the stretch, by name.</summary>
    public static IReadOnlyList<GuestVerdicts> Run(ReplayInput input, ReplayQuestion question)
    {
        var replay = new Replayer(input, question, onlyAsks: false);
        replay.Run(input);
        return
        [
            .. replay._records
                .Select(one => new GuestVerdicts(one.Key, replay._fleet.Guests[one.Key].Name, one.Value.Close(question.Until)))
                .Where(one => one.Intervals.Count > 0)
                .OrderBy(one => one.Name, StringComparer.Ordinal)
                .ThenBy(one => one.Guest),
        ];
    }

    /// <summary>The hosts on which a verdict depends on free memory: that of others need not be read. Nothing is judged for it.</summary>
    public static IReadOnlySet<string> HostsAskedForMemory(ReplayInput input, ReplayQuestion question)
    {
        var replay = new Replayer(input, question, onlyAsks: true);
        replay.Run(input);
        return replay._memoryAsked;
    }

    private void Run(ReplayInput input)
    {
        var hasBegun = false;
        foreach (var moment in Moments.Of(input, _question))
        {
            if (!hasBegun && moment.At > _question.Since)
            {
                hasBegun = true;
                Begin();
            }

            var touched = _fleet.Pass(moment);
            if (hasBegun)
            {
                Judge(moment, touched);
            }
            else if (moment.At == _question.Since)
            {
                hasBegun = true;
                JudgeAll(moment);
            }
        }

        if (!hasBegun)
        {
            Begin();
        }
    }

    // What held before somebody began to ask.
    private void Begin() => JudgeAll(new Moments.Moment(_question.Since));

    private void JudgeAll(Moments.Moment moment)
    {
        foreach (var guest in _fleet.Guests.Keys)
        {
            Judge(guest, moment);
        }
    }

    private void Judge(Moments.Moment moment, PassingFleet.Touched touched)
    {
        var judged = new HashSet<Guid>(touched.Guests);
        foreach (var host in touched.Hosts)
        {
            judged.UnionWith(Asked(host));
        }

        foreach (var (host, pins) in touched.Rivals)
        {
            judged.UnionWith(Asked(host).Where(guest => !judged.Contains(guest) && _records.GetValueOrDefault(guest)?.Heeds(pins) == true));
        }

        foreach (var guest in judged)
        {
            Judge(guest, moment);
        }

        foreach (var guest in touched.Memory.SelectMany(Asked).Where(guest => !judged.Contains(guest)).ToList())
        {
            JudgeMemory(guest, moment);
        }
    }

    // The guests that are judged on a host.
    private IEnumerable<Guid> Asked(string host) => _question.Target is null ? _fleet.On(host) : host == _question.Target ? _fleet.Guests.Keys : [];

    private void Judge(Guid id, Moments.Moment moment)
    {
        if (_question.Guests?.Contains(id) == false)
        {
            return;
        }

        var guest = _fleet.Check.Known(_fleet.Guests[id]);
        if (Ask(guest, moment.At) is not { } question)
        {
            _records.GetValueOrDefault(id)?.End(moment.At);
            return;
        }

        if (_onlyAsks)
        {
            Step(guest, question);
            return;
        }

        var record = _records.TryGetValue(id, out var known) ? known : _records[id] = new VerdictRecord();
        record.MemoryStep = Step(guest, question);
        Judge(record, guest, question, moment);
    }

    private void JudgeMemory(Guid id, Moments.Moment moment)
    {
        var guest = _fleet.Check.Known(_fleet.Guests[id]);
        if (_records.GetValueOrDefault(id) is not { } record || Ask(guest, moment.At) is not { } question)
        {
            return;
        }

        var step = Step(guest, question);
        if (step != record.MemoryStep)
        {
            record.MemoryStep = step;
            Judge(record, guest, question, moment);
        }
    }

    private void Judge(VerdictRecord record, FleetGuest guest, FitQuestion question, Moments.Moment moment)
    {
        var host = _question.Target ?? guest.Host!;
        record.Judge(moment.At, host, question, AsksMemory(question), () => Behind(guest, host, moment));
    }

    private FitQuestion? Ask(FleetGuest guest, DateTimeOffset at)
    {
        if (guest.Host is null)
        {
            return null;
        }

        var (situation, layer) = FleetCheck.Layers(guest, _question.Target, _question.Situation)[0];
        return _fleet.Check.Question(guest, at, _question.Target, situation, layer);
    }

    private int Step(FleetGuest guest, FitQuestion question)
    {
        if (!AsksMemory(question))
        {
            return 0;
        }

        _memoryAsked.Add(_question.Target ?? guest.Host!);
        return MemoryStep.Of(question);
    }

    // A guest that holds its memory asks for none.
    private static bool AsksMemory(FitQuestion question) =>
        question.Situation != Situation.Running && !(question.HoldsMemoryThere && question.Situation == Situation.Start) && MemoryStep.Asks(question);

    private List<HistoryFact> Behind(FleetGuest guest, string host, Moments.Moment moment) =>
    [
        .. moment.FactsOf(host, guest.State.Guest, id => _fleet.Guests[id].Host),
        .. moment.Silenced.Where(silenced => silenced.Host == host).Select(silenced => silenced.Gap).OfType<HistoryFact>(),
    ];
}
