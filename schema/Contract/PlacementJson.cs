using System.Text.Json.Serialization;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Schema.Contract;

/// <summary>Source-generated JSON of placement: questions, answers, and answers as far as a decision reads them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CpuSetJson)])]
[JsonSerializable(typeof(PlacementProblem))]
[JsonSerializable(typeof(PlacementAnswer))]
[JsonSerializable(typeof(PlacementProposal))]
public sealed partial class PlacementJson : JsonSerializerContext;
