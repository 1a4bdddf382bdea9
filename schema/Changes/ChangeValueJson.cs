using System.Text.Json;
using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Changes;

/// <summary>A <see cref="ChangeValue"/> as a plain JSON number or string.</summary>
public sealed class ChangeValueJson : JsonConverter<ChangeValue>
{
    /// <inheritdoc/>
    public override ChangeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : reader.GetString() ?? "";

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ChangeValue value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
