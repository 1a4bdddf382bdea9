using System.Text.Json;
using System.Text.Json.Serialization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract;

internal sealed class CpuSetJson : JsonConverter<CpuSet>
{
    public override CpuSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        return CpuSet.TryParse(text, out var set) ? set : throw new JsonException($"'{text}' is not a canonical CPU list");
    }

    public override void Write(Utf8JsonWriter writer, CpuSet value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
