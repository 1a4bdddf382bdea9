using System.Text.Json.Serialization.Metadata;

namespace NumaHistory.Query.Rendering;

/// <summary>What a verb found: the items, their JSON contract, and the moment they are about.</summary>
internal sealed record Answer<T>(string Kind, DateTimeOffset At, IReadOnlyList<T> Items, JsonTypeInfo<T> Type);
