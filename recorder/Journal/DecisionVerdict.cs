using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Journal;

/// <summary>What <c>fit</c> says of a pinning on a host at a moment, from what is recorded by then.</summary>
internal sealed class DecisionVerdict
{
    private readonly FleetCheck _check;
    private readonly IReadOnlyDictionary<Guid, GuestState> _guests;
    private readonly string _host;
    private readonly DateTimeOffset _at;

    private DecisionVerdict(FleetState fleet, string host, DateTimeOffset at) => (_check, _guests, _host, _at) = (new FleetCheck(fleet), fleet.Guests, host, at);

    public static async Task<DecisionVerdict> LoadAsync(
        NpgsqlTransaction transaction, string host, Guid guest, DateTimeOffset at, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var state = await HostsAsOf.LoadAsync(connection, host, at, cancel);
        var memory = await MemoryAsOf.LoadAsync(connection, host, at, cancel);
        var guests = await GuestFacts.StatesAsync(connection, host, [guest], at, cancel);
        return new DecisionVerdict(
            new FleetState(new Dictionary<string, HostState> { [host] = state }, guests)
            {
                Topology = new KnownTopologies().Of,
                Memory = _ => memory is null ? null : new ObservedMemory(memory),
            },
            host,
            at);
    }

    /// <summary>What is wrong with pins that a guest would start with; what they were made for is not known.</summary>
    public IEnumerable<Finding> Starting(GuestPins pins, Guid guest) =>
        FitCheck.Check(_check.Judged(pins with { Uuid = guest.ToString() }, _at, _host, Situation.Start).Question with
        {
            HoldsMemoryThere = _guests.GetValueOrDefault(guest) is { IsRunning: true } runs && runs.Host == _host,
        }).Findings;

    /// <summary>What is wrong with a guest where it is.</summary>
    public IEnumerable<Finding> Of(Guid guest) => _guests.TryGetValue(guest, out var state)
        ? _check.Judge(state, _at, null, null).SelectMany(report => report.Findings)
        : [];
}
