using System.Text.Json.Serialization;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract;

/// <summary>Source-generated JSON of facts and facets: camelCase, unknown written as null, sets as canonical lists, times in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CpuSetJson), typeof(FingerprintJson), typeof(UtcJson)])]
[JsonSerializable(typeof(HostStructure))]
[JsonSerializable(typeof(HostCapacity))]
[JsonSerializable(typeof(HostTopology))]
[JsonSerializable(typeof(Observation))]
[JsonSerializable(typeof(GuestPins))]
[JsonSerializable(typeof(EffectivePinning))]
[JsonSerializable(typeof(IReadOnlyList<Problem>))]
[JsonSerializable(typeof(FitReport))]
[JsonSerializable(typeof(RepairAnswer))]
[JsonSerializable(typeof(FitProblem))]
[JsonSerializable(typeof(ObservedMemory))]
[JsonSerializable(typeof(HostBooted))]
[JsonSerializable(typeof(HostRenamed))]
[JsonSerializable(typeof(TopologyObserved))]
[JsonSerializable(typeof(CapacityObserved))]
[JsonSerializable(typeof(SourceFailed))]
[JsonSerializable(typeof(SourceRecovered))]
[JsonSerializable(typeof(SamplingGap))]
[JsonSerializable(typeof(GuestSeen))]
[JsonSerializable(typeof(GuestStarted))]
[JsonSerializable(typeof(GuestStopped))]
[JsonSerializable(typeof(GuestGone))]
[JsonSerializable(typeof(GuestIdentified))]
[JsonSerializable(typeof(GuestMigrating))]
[JsonSerializable(typeof(PinningObserved))]
[JsonSerializable(typeof(PinningGone))]
[JsonSerializable(typeof(PinningDecided))]
[JsonSerializable(typeof(PinningReleased))]
[JsonSerializable(typeof(PlanWithdrawn))]
[JsonSerializable(typeof(MoveDeclared))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
public sealed partial class FactJson : JsonSerializerContext;
