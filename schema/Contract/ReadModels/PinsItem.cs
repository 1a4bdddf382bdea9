using System.Text.Json;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// The pinning in force in one layer of a guest at a moment, <c>numa-history pins</c>. Origin is <c>observed</c> or where the decision
/// came from; what the kernel really does is part of the pins of the live layer, null where nobody looked.
/// </summary>
public sealed record PinsItem(
    GuestPins Pins, string? Host, string Origin, DateTimeOffset Since, string? DecidedBy, string? Why)
{
    /// <summary>The members of GuestPins, then those of the pinning in force (CLI.md, GuestPins).</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var member in JsonSerializer.SerializeToElement(Pins, FactJson.Default.GuestPins).EnumerateObject())
        {
            if (member.Name != "effective")
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteString("host", Host);
        writer.WriteString("origin", Origin);
        writer.WriteString("since", UtcJson.Text(Since));
        writer.WriteString("decidedBy", DecidedBy);
        writer.WriteString("why", Why);
        writer.WritePropertyName("effective");
        JsonSerializer.Serialize(writer, Pins.Effective, FactJson.Default.EffectivePinning);
        writer.WriteEndObject();
    }
}
