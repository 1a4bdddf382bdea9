using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Contract;

/// <summary>Source-generated JSON of placement answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CpuSetJson)])]
[JsonSerializable(typeof(PlacementProposal))]
public sealed partial class PlacementJson : JsonSerializerContext;
