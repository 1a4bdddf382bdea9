using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// The verdict on pinnings as a step function of observed time: judged where an input changed and nowhere else. Late facts are in
/// their place, since only observed time counts. First time passes once for all hosts, and what is to be asked about every guest is written down;
/// then each guest's questions are answered by themselves.
/// </summary>
public sealed class Replayer
{
    // Below it, threads cost more than they save.
    private const int ManyGuests = 64;

    private readonly ReplayQuestion _question;
    private readonly HostEdits _edits;
    private readonly PassingFleet _fleet;
    private readonly Dictionary<Guid, AskedGuest> _asked = [];

    private Replayer(ReplayInput input, ReplayQuestion question)
    {
        (_question, _edits) = (question, input.Edits);
        _fleet = new PassingFleet(input, question.IsNamed);
    }

    /// <summary>The hosts on which a verdict depends on free memory: that of others need not be read.</summary>
    public IReadOnlySet<string> HostsAskedForMemory =>
        _asked.Values.SelectMany(guest => guest.Stretches).Where(stretch => stretch.AsksMemory).Select(stretch => stretch.Host).ToHashSet();

    /// <summary>The verdicts on every guest that is asked for and was somewhere in the stretch, by name.</summary>
    public static IReadOnlyList<GuestVerdicts> Run(ReplayInput input, ReplayQuestion question) => Follow(input, question).Verdicts(input.Hours);

    /// <summary>Lets time pass; the memory of the input is not looked at.</summary>
    public static Replayer Follow(ReplayInput input, ReplayQuestion question)
    {
        var replay = new Replayer(input, question);
        replay.Run(input);
        return replay;
    }

    /// <summary>The verdicts, with the least memory of every hour by host key.</summary>
    public IReadOnlyList<GuestVerdicts> Verdicts(IReadOnlyDictionary<string, IReadOnlyList<HourMemory>> hours)
    {
        var guests = _asked.Values.ToArray();
        var verdicts = new GuestVerdicts[guests.Length];
        void Judge(int i) => verdicts[i] = new GuestVerdicts(
            guests[i].Guest, _fleet.Guests[guests[i].Guest].Name, new VerdictRecord(guests[i], _edits).Until(_question.Until, hours));

        if (guests.Length < ManyGuests)
        {
            for (var i = 0; i < guests.Length; i++)
            {
                Judge(i);
            }
        }
        else
        {
            Parallel.For(0, guests.Length, Judge);
        }

        return
        [
            .. verdicts.Where(one => one.Intervals.Count > 0).OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Guest),
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
                Ask(moment, touched);
            }
            else if (moment.At == _question.Since)
            {
                hasBegun = true;
                AskAll(moment);
            }
        }

        if (!hasBegun)
        {
            Begin();
        }
    }

    // What held before somebody began to ask.
    private void Begin() => AskAll(new Moments.Moment(_question.Since));

    private void AskAll(Moments.Moment moment)
    {
        foreach (var guest in _fleet.Guests.Keys)
        {
            Ask(guest, moment);
        }
    }

    private void Ask(Moments.Moment moment, PassingFleet.Touched touched)
    {
        var asked = new HashSet<Guid>(touched.Guests);
        foreach (var host in touched.Hosts)
        {
            asked.UnionWith(On(host));
        }

        foreach (var (host, pins) in touched.Rivals)
        {
            asked.UnionWith(On(host).Where(guest => !asked.Contains(guest) && _asked.GetValueOrDefault(guest)?.Heeds(pins) == true));
        }

        foreach (var guest in asked)
        {
            Ask(guest, moment);
        }
    }

    // The guests that are judged on a host.
    private IEnumerable<Guid> On(string host) => _question.Target is null ? _fleet.On(host) : host == _question.Target ? _fleet.Guests.Keys : [];

    private void Ask(Guid id, Moments.Moment moment)
    {
        if (_question.Guests?.Contains(id) == false)
        {
            return;
        }

        var guest = _fleet.Check.Known(_fleet.Guests[id]);
        if (Question(guest, moment.At) is { } question)
        {
            (_asked.TryGetValue(id, out var known) ? known : _asked[id] = new AskedGuest(id)).Ask(moment, _question.Target ?? guest.Host!, question);
        }
        else
        {
            _asked.GetValueOrDefault(id)?.End(moment);
        }
    }

    private FitQuestion? Question(FleetGuest guest, DateTimeOffset at)
    {
        if (guest.Host is null)
        {
            return null;
        }

        var (situation, layer) = FleetCheck.Layers(guest, _question.Target, _question.Situation)[0];
        return _fleet.Check.Question(guest, at, _question.Target, situation, layer);
    }
}
