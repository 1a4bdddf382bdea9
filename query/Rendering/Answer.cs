using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// What a verb found: the items, their JSON contract, and the moment they are about. The contract is made only where it
/// is used: making it takes longer than printing a table.
/// </summary>
internal sealed record Answer<T>(string Kind, DateTimeOffset At, IReadOnlyList<T> Items, Func<JsonTypeInfo<T>>? Type)
{
    /// <summary>Writes an item that knows its own JSON; null where Type says it.</summary>
    public Action<Utf8JsonWriter, T>? WriteItem { get; init; }
}
