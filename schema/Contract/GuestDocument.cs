using System.Text.Json;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Contract;

/// <summary>A guest that a file defines: the file as it was named, the pins, and what in the file was wrong.</summary>
public sealed record GuestDocument(string File, GuestPins Pins, IReadOnlyList<Problem> Problems)
{
    /// <summary>The members of GuestPins between <c>file</c> and <c>problems</c> (CLI.md, GuestPins).</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("file", File);
        foreach (var member in JsonSerializer.SerializeToElement(Pins, FactJson.Default.GuestPins).EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WritePropertyName("problems");
        JsonSerializer.Serialize(writer, Problems, FactJson.Default.IReadOnlyListProblem);
        writer.WriteEndObject();
    }
}
