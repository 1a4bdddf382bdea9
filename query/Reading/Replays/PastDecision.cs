using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>
/// The verdict on a pinning at the moment it was decided, out of the fleet as somebody knew it. Memory is that of the moment itself: of the hour's minimum
/// the guest may have taken its own share. What was seen holds as it did for whoever decided.
/// </summary>
internal sealed class PastDecision(PinningDecided decision, Fleet fleet)
{
    private readonly FleetCheck _check = new(fleet.State(new Dictionary<Circumstances, Schema.Topology.HostTopology>(), isNamed: false));

    // Whoever was decided about by name may be known as another one by now.
    private Guid Own => fleet.Guests.GetValueOrDefault(decision.Guest)?.As ?? decision.Guest;

    /// <summary>With the host as it was believed to be: null = this fleet is what was believed.</summary>
    public (FitQuestion Question, FitReport Report) Judge(FitContext? believed)
    {
        var memory = (believed is null ? Believed : null) ?? fleet.Sampled(decision.Host);
        var question = _check.Judged(decision.Pins, decision.ObservedAt, decision.Host, Situation.Start).Question;
        var asked = question with
        {
            Guest = decision.Pins with { Guest = decision.Name, Uuid = Own.ToString() },
            Host = question.Host with { Memory = memory },
            Context = believed ?? new FitContext(question.Host.Topology, memory),
            HoldsMemoryThere = fleet.Guests.GetValueOrDefault(Own) is { IsRunning: true } guest && guest.Host == decision.Host,
        };
        return (asked, FitCheck.Check(asked));
    }

    /// <summary>The events in force at that moment that say what the host was like and who was on it.</summary>
    public IEnumerable<Guid> Facts() => fleet.Events.Where(one => one.Key switch
    {
        PinningDecided own when own.Guest == decision.Guest || own.Guest == Own => false,
        IGuestFact of => fleet.Guests.GetValueOrDefault(of.Guest)?.Places.Contains(decision.Host) == true,
        IHostFact of => of.Host == decision.Host,
        _ => false,
    }).Select(one => one.Value);

    private ObservedMemory? Believed => decision.Context.Memory is { } memory ? new ObservedMemory(memory) : null;
}
