using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Schema.Replay;

/// <summary>Follows a fleet, or a part of one that has nothing to do with the rest, and writes down what is to be asked about every guest.</summary>
internal sealed class Follower
{
    private readonly ReplayQuestion _question;
    private readonly PassingFleet _fleet;
    private readonly KnownTopologies _topologies;
    private readonly Dictionary<Guid, AskedGuest> _asked = [];
    private readonly HashSet<Guid> _asking = [];

    private Follower(ReplayInput input, ReplayQuestion question, KnownTopologies topologies) =>
        (_question, _topologies, _fleet) = (question, topologies, new PassingFleet(input, question.IsNamed, topologies));

    public IEnumerable<AskedGuest> Guests => _asked.Values;

    public static Follower Follow(ReplayInput input, ReplayQuestion question, KnownTopologies topologies)
    {
        var follower = new Follower(input, question, topologies);
        follower.Run(input);
        return follower;
    }

    /// <summary>The newest name of a guest.</summary>
    public string Name(Guid guest) => _fleet.Guests[guest].Name;

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
        _asking.Clear();
        _asking.UnionWith(touched.Guests);
        foreach (var host in touched.Hosts)
        {
            _asking.UnionWith(On(host));
        }

        foreach (var (host, pins) in touched.Rivals)
        {
            foreach (var guest in On(host))
            {
                if (!_asking.Contains(guest) && _asked.GetValueOrDefault(guest)?.Heeds(pins) == true)
                {
                    _asking.Add(guest);
                }
            }
        }

        foreach (var guest in _asking)
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
        var target = _question.IsOfDecision ? guest.State.DecidedOn : _question.Target;
        if (Question(guest, moment.At, target) is { } question)
        {
            (_asked.TryGetValue(id, out var known) ? known : _asked[id] = new AskedGuest(id, _topologies)).Ask(moment, target ?? guest.Host!, question);
        }
        else
        {
            _asked.GetValueOrDefault(id)?.End(moment);
        }
    }

    private FitQuestion? Question(FleetGuest guest, DateTimeOffset at, string? target)
    {
        if (guest.Host is null)
        {
            return null;
        }

        var (situation, layer) = FleetCheck.Layers(guest, target, _question.Situation)[0];
        var question = _fleet.Check.Question(guest, at, target, situation, layer);
        return _question.IsOfDecision && question?.Undone is { } undone ? UndoneFindings.AsItWouldBe(question, undone) : question;
    }
}
