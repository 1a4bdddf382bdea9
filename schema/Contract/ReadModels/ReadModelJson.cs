using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// Source-generated JSON of the read models: camelCase, unknown written as null, sets as canonical lists, times in UTC.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CpuSetJson), typeof(FingerprintJson), typeof(UtcJson)])]
[JsonSerializable(typeof(HostItem))]
[JsonSerializable(typeof(GuestItem))]
[JsonSerializable(typeof(MigrationItem))]
[JsonSerializable(typeof(OverlapItem))]
[JsonSerializable(typeof(CellItem))]
[JsonSerializable(typeof(TopologyItem))]
[JsonSerializable(typeof(DiffItem))]
[JsonSerializable(typeof(HistoryItem))]
[JsonSerializable(typeof(MemoryItem))]
[JsonSerializable(typeof(FitReplayItem))]
[JsonSerializable(typeof(PlacementReplayItem))]
[JsonSerializable(typeof(MatrixItem))]
[JsonSerializable(typeof(WhatFitsItem))]
[JsonSerializable(typeof(RoomItem))]
[JsonSerializable(typeof(BlameItem))]
[JsonSerializable(typeof(HindsightItem))]
[JsonSerializable(typeof(VersionItem))]
[JsonSerializable(typeof(CpuSetItem))]
public sealed partial class ReadModelJson : JsonSerializerContext;
