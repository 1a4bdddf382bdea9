using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NumaHistory.Schema.Contract;

namespace NumaHistory.Schema.Events;

/// <summary>
/// The only serializer of facts, old versions included (law 7). A stored name that is not known is an
/// <see cref="UnknownFactException"/>: the store was written by a newer program.
/// </summary>
public static class EventJson
{
    /// <summary>The canonical JSON of a fact, UTF-8.</summary>
    public static byte[] Write(IHostFact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, TypeInfo(fact.GetType()));

    /// <summary>Reads a fact by its stored name.</summary>
    public static IHostFact Read(string name, ReadOnlySpan<byte> json) =>
        (IHostFact)(JsonSerializer.Deserialize(json, TypeInfo(TypeOf(name))) ?? throw new JsonException($"{name} is null"));

    /// <summary>Reads a fact by its stored name.</summary>
    public static IHostFact Read(string name, JsonElement json) =>
        (IHostFact)(json.Deserialize(TypeInfo(TypeOf(name))) ?? throw new JsonException($"{name} is null"));

    /// <summary>Contract metadata of one kind of fact, for serializers that call this one.</summary>
    public static JsonTypeInfo TypeInfo(Type type) =>
        FactJson.Default.GetTypeInfo(type) ?? throw new UnknownFactException(type.Name);

    /// <summary>Makes another serializer's options write and read facts exactly as this one does.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        foreach (var converter in FactJson.Default.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        options.TypeInfoResolverChain.Insert(0, FactJson.Default);
    }

    private static Type TypeOf(string name) =>
        EventNames.ByType.FirstOrDefault(pair => pair.Value == name).Key ?? throw new UnknownFactException(name);
}
