using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Text;

/// <summary>
/// A word of the contract, in any case: one of those that JsonStringEnumMemberName gives the values. Numbers, and several words in one, are none, which the
/// converter of the library would take.
/// </summary>
public sealed class WordJson<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly (string Word, TEnum Value)[] Words =
    [
        .. typeof(TEnum).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name, (TEnum)field.GetValue(null)!)),
    ];

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString();
            foreach (var (word, value) in Words)
            {
                if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }
        }

        throw new JsonException($"it is none of {string.Join(", ", Words.Select(one => one.Word))}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        foreach (var (word, other) in Words)
        {
            if (EqualityComparer<TEnum>.Default.Equals(other, value))
            {
                writer.WriteStringValue(word);
                return;
            }
        }

        throw new JsonException($"{value} has no word");
    }
}
