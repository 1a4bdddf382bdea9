namespace NumaHistory.Schema.Replay;

/// <summary>What placements on each host rested on, a new ground where a fact of the host or of a guest on it changed it.</summary>
internal sealed class HostGrounds
{
    private readonly SortedDictionary<string, List<HostGround>> _grounds = new(StringComparer.Ordinal);
    private readonly PlacementQuestion _question;
    private readonly PassingFleet _fleet;

    private HostGrounds(ReplayInput input, PlacementQuestion question) =>
        (_question, _fleet) = (question, new PassingFleet(input, question.IsNamed));

    /// <summary>By host key, in order of time; memory is not looked at.</summary>
    public static IReadOnlyDictionary<string, List<HostGround>> Of(ReplayInput input, PlacementQuestion question)
    {
        var grounds = new HostGrounds(input, question);
        grounds.Run(input);
        return grounds._grounds;
    }

    private void Run(ReplayInput input)
    {
        var hasBegun = false;
        foreach (var moment in Moments.Of(input, new ReplayQuestion(_question.Since, _question.Until, IsNamed: _question.IsNamed)))
        {
            if (!hasBegun && moment.At > _question.Since)
            {
                hasBegun = true;
                Take(_fleet.Check.Fleet.Hosts.Keys, _question.Since);
            }

            var touched = _fleet.Pass(moment);
            if (hasBegun)
            {
                Take(touched.Hosts.Union(touched.Rivals.Select(rival => rival.Host)), moment.At);
            }
        }

        if (!hasBegun)
        {
            Take(_fleet.Check.Fleet.Hosts.Keys, _question.Since);
        }
    }

    private void Take(IEnumerable<string> hosts, DateTimeOffset at)
    {
        foreach (var key in hosts)
        {
            if (_question.Hosts?.Contains(key) == false || !_fleet.Check.Fleet.Hosts.ContainsKey(key))
            {
                continue;
            }

            var (host, others) = _fleet.Check.Ground(key);
            (_grounds.TryGetValue(key, out var known) ? known : _grounds[key] = [])
                .Add(new HostGround(at, host, others, _fleet.Check.Fleet.Stale(key, null)));
        }
    }
}
