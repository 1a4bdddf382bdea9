using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NpgsqlTypes;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Projections;

/// <summary>What the facts of a guest put into schema numa, as the JSON that its functions take.</summary>
internal static class GuestRows
{
    public static string Fact(Guid id, IGuestFact fact) => new JsonObject
    {
        ["id"] = id,
        ["guest"] = fact.Guest,
        ["host"] = fact.Host,
        ["source"] = SourceOf(fact),
        ["facet"] = FacetOf(fact),
        ["type"] = EventNames.Of(fact),
        ["at"] = fact.ObservedAt,
    }.ToJsonString();

    /// <summary>The guest's row and its intervals; facts are all of the guest's.</summary>
    public static string Guest(Guid guest, IReadOnlyList<(Guid Event, IGuestFact Fact)> facts)
    {
        var state = facts.Aggregate(new GuestState(guest), (known, one) => known.After(one.Fact));
        var here = state.Host is { } host ? state.Hosts.GetValueOrDefault(host) : null;
        return new JsonObject
        {
            ["guest"] = guest,
            ["name"] = state.Name,
            ["host"] = state.Host,
            ["state"] = StateWord(here),
            ["managedBy"] = here?.Seen?.ManagedBy,
            ["since"] = here?.Presence?.ObservedAt ?? here?.Seen?.ObservedAt ?? state.Decision?.ObservedAt ?? state.Last!.ObservedAt,
            ["first"] = facts.Min(one => one.Fact.ObservedAt),
            ["last"] = facts.Max(one => one.Fact.ObservedAt),
            ["layers"] = new JsonArray([.. Layers(state).Select(pins => Layer(state, StateWord(here), pins))]),
            ["claims"] = new JsonArray([.. Commitment.Of(state).Select(Claim)]),
            ["pins"] = new JsonArray([.. PinTimeline.Of(guest, facts).Select(Row)]),
        }.ToJsonString();
    }

    // A guest that does not run has no live layer; one that is nowhere has none at all.
    private static IEnumerable<PinsInForce> Layers(GuestState state) => new[] { PinLayer.Config, PinLayer.Live, PinLayer.SavedImage }
        .Where(layer => layer != PinLayer.Live || state.IsRunning)
        .Select(state.Pins)
        .Append(state.Promise)
        .OfType<PinsInForce>();

    private static JsonObject Layer(GuestState state, string? word, PinsInForce pins) => new()
    {
        ["layer"] = FacetOf(pins.Pins.Layer),
        ["host"] = pins.Pins.Layer == PinLayer.Decided ? state.DecidedOn : state.Host,
        ["origin"] = pins.Origin,
        ["since"] = pins.Fact.ObservedAt,
        ["decidedBy"] = pins.Decision?.By,
        ["why"] = pins.Decision?.Why,
        ["pins"] = JsonSerializer.Serialize(pins.Pins with { Guest = state.Name, State = word }, FactJson.Default.GuestPins),
    };

    private static JsonNode Claim(Commitment taken) => new JsonObject
    {
        ["host"] = taken.Host,
        ["layer"] = FacetOf(taken.Layer),
        ["pinned"] = Multirange(taken.Pinned),
        ["exclusive"] = Multirange(taken.Exclusive),
        ["isolates"] = taken.Isolates,
        ["runs"] = taken.Runs,
        ["memory"] = new JsonObject(taken.MemoryKiB.Select(cell => KeyValuePair.Create(
            cell.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)cell.Value))),
    };

    private static JsonObject Row(PinInterval pin) => new()
    {
        ["host"] = pin.Host,
        ["layer"] = pin.Layer,
        ["thread"] = pin.Thread,
        ["number"] = pin.Number,
        ["cpus"] = Multirange(pin.Cpus),
        ["from"] = pin.From,
        ["until"] = pin.Until,
        ["exclusive"] = pin.Exclusive,
        ["who"] = pin.By,
        ["why"] = pin.Why,
        ["event"] = pin.Event,
    };

    /// <summary>A set as PostgreSQL writes it: <c>{[0,2),[8,9)}</c>.</summary>
    public static string Multirange(CpuSet cpus) =>
        $"{{{string.Join(',', cpus.Ranges().Select(range => $"[{range.First},{range.Last + 1})"))}}}";

    /// <summary>The same set as the driver's ranges.</summary>
    public static NpgsqlRange<int>[] Ranges(CpuSet cpus) =>
        [.. cpus.Ranges().Select(range => new NpgsqlRange<int>(range.First, true, range.Last + 1, false))];

    /// <summary>The driver's ranges as a set.</summary>
    public static CpuSet Set(NpgsqlRange<int>[] ranges) => ranges
        .Aggregate(new CpuSetBuilder(), (set, range) => set.AddRange(range.LowerBound, range.UpperBoundIsInclusive ? range.UpperBound : range.UpperBound - 1))
        .Build();

    private static string? StateWord(GuestOnHost? on) => on?.Presence switch
    {
        GuestStarted started => started.State ?? "running",
        GuestStopped stopped => stopped.State ?? "shut off",
        GuestGone => "gone",
        _ => null,
    };

    private static string? SourceOf(IGuestFact fact) => fact switch
    {
        GuestSeen seen => seen.Source,
        GuestStarted started => started.Source,
        GuestStopped stopped => stopped.Source,
        GuestGone gone => gone.Source,
        GuestIdentified identified => identified.Source,
        GuestMigrating migrating => migrating.Source,
        PinningObserved observed => observed.Source,
        PinningGone gone => gone.Source,
        _ => null,
    };

    private static string FacetOf(IGuestFact fact) => fact switch
    {
        GuestSeen => "identity",
        GuestStarted or GuestStopped or GuestGone => "presence",
        GuestIdentified => "identified",
        GuestMigrating => "migration",
        PinningObserved seen => FacetOf(seen.Layer),
        PinningGone gone => FacetOf(gone.Layer),
        PinningDecided or PinningReleased or PlanWithdrawn => "decision",
        MoveDeclared => "move",
        _ => throw new ArgumentException("not a fact of a guest", nameof(fact)),
    };

    private static string FacetOf(PinLayer layer) => layer switch
    {
        PinLayer.Live => "live",
        PinLayer.SavedImage => "saved-image",
        PinLayer.Decided => "decided",
        _ => "config",
    };
}
