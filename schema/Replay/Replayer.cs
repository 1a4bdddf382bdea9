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
    private readonly PassingFleet _fleet;
    private readonly Dictionary<Guid, VerdictRecord> _records = [];
    private readonly HashSet<string> _memoryAsked = [];

    private Replayer(ReplayInput input, ReplayQuestion question)
    {
        _question = question;
        _fleet = new PassingFleet(input, question.IsNamed);
    }

    /// <summary>The verdicts on every guest that is asked for and was somewhere in the stretch, by name.</summary>
    public static IReadOnlyList<GuestVerdicts> Run(ReplayInput input, ReplayQuestion question) => Run(input, question, out _);

    /// <summary>The same; tells on which hosts a verdict depended on free memory, so that memory need not be read for others.</summary>
    public static IReadOnlyList<GuestVerdicts> Run(ReplayInput input, ReplayQuestion question, out IReadOnlySet<string> memoryAsked)
    {
        var replay = new Replayer(input, question);
        replay.Run(input);
        memoryAsked = replay._memoryAsked;
        return
        [
            .. replay._records
                .Select(one => new GuestVerdicts(one.Key, replay._fleet.Guests[one.Key].Name, one.Value.Close(question.Until)))
                .Where(one => one.Intervals.Count > 0)
                .OrderBy(one => one.Name, StringComparer.Ordinal)
                .ThenBy(one => one.Guest),
        ];
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
            judged.UnionWith(_question.Target is null ? _fleet.On(host) : host == _question.Target ? _fleet.Guests.Keys : []);
        }

        foreach (var guest in judged)
        {
            Judge(guest, moment);
        }

        foreach (var host in touched.Memory)
        {
            foreach (var guest in (_question.Target is null ? _fleet.On(host) : host == _question.Target ? _fleet.Guests.Keys : []).Except(judged).ToList())
            {
                JudgeMemory(guest, moment);
            }
        }
    }

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

        var record = _records.TryGetValue(id, out var known) ? known : _records[id] = new VerdictRecord();
        record.MemoryStep = Step(guest, question);
        Add(record, guest, question, moment);
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
            Add(record, guest, question, moment);
        }
    }

    private void Add(VerdictRecord record, FleetGuest guest, FitQuestion question, Moments.Moment moment)
    {
        var host = _question.Target ?? guest.Host!;
        record.Add(moment.At, host, FitCheck.Check(question), question, () => Behind(guest, host, moment));
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

    // A guest that holds its memory asks for none.
    private int Step(FleetGuest guest, FitQuestion question)
    {
        if (question.Situation == Situation.Running || (question.HoldsMemoryThere && question.Situation == Situation.Start))
        {
            return 0;
        }

        if (MemoryStep.Asks(question))
        {
            _memoryAsked.Add(_question.Target ?? guest.Host!);
        }

        return MemoryStep.Of(question);
    }

    private List<HistoryFact> Behind(FleetGuest guest, string host, Moments.Moment moment) =>
    [
        .. moment.Facts.Where(fact => fact.Fact is IGuestFact of ? of.Guest == guest.State.Guest || _fleet.On(host).Contains(of.Guest) : fact.Fact.Host == host),
        .. moment.Silenced.Where(silenced => silenced.Host == host).Select(silenced => silenced.Gap).OfType<HistoryFact>(),
    ];
}
