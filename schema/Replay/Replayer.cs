using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// The verdict on pinnings as a step function of observed time: judged where an input changed and nowhere else. Late facts are in
/// their place, since only observed time counts. First time passes once for all hosts, and what is to be asked about every guest is written down;
/// then each guest's questions are answered by themselves. Hosts between which no guest moved are followed side by side.
/// </summary>
public sealed class Replayer
{
    // Below it, threads cost more than they save.
    private const int ManyFacts = 1_000;

    private readonly Follower[] _parts;
    private readonly ReplayQuestion _question;
    private readonly HostEdits _edits;
    private readonly bool _isLarge;

    private Replayer(ReplayInput input, ReplayQuestion question)
    {
        (_question, _edits, _isLarge) = (question, input.Edits, input.Facts.Count >= ManyFacts);
        // Everybody is judged on a target.
        var parts = _isLarge && question.Target is null ? Separate.Parts(input) : [input];
        var topologies = new KnownTopologies();
        _parts = new Follower[parts.Count];
        ForAll(parts.Count, i => _parts[i] = Follower.Follow(parts[i], question, topologies));
    }

    /// <summary>The hosts on which a verdict depends on free memory: that of others need not be read.</summary>
    public IReadOnlySet<string> HostsAskedForMemory =>
        _parts.SelectMany(part => part.Guests).SelectMany(guest => guest.Stretches).Where(stretch => stretch.AsksMemory).Select(stretch => stretch.Host).ToHashSet();

    /// <summary>The verdicts on every guest that is asked for and was somewhere in the stretch, by name.</summary>
    public static IReadOnlyList<GuestVerdicts> Run(ReplayInput input, ReplayQuestion question) => Follow(input, question).Verdicts(input.Hours);

    /// <summary>Lets time pass; the memory of the input is not looked at.</summary>
    public static Replayer Follow(ReplayInput input, ReplayQuestion question) => new(input, question);

    /// <summary>The verdicts, with the least memory of every hour by host key.</summary>
    public IReadOnlyList<GuestVerdicts> Verdicts(IReadOnlyDictionary<string, IReadOnlyList<HourMemory>> hours)
    {
        var guests = _parts.SelectMany(part => part.Guests, (part, guest) => (part, guest)).ToArray();
        var verdicts = new GuestVerdicts[guests.Length];
        ForAll(guests.Length, i =>
        {
            var (part, guest) = guests[i];
            verdicts[i] = new GuestVerdicts(guest.Guest, part.Name(guest.Guest), new VerdictRecord(guest, _edits).Until(_question.Until, hours));
        });
        return
        [
            .. verdicts.Where(one => one.Intervals.Count > 0).OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Guest),
        ];
    }

    private void ForAll(int count, Action<int> act)
    {
        if (_isLarge)
        {
            Parallel.For(0, count, act);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            act(i);
        }
    }
}
