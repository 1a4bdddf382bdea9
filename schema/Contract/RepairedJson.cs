using System.Text.Json;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Repair;

namespace NumaHistory.Schema.Contract;

/// <summary>A report with its repair as one more member, <c>"repair":{"plan":…,"why":…}</c>; without one where none was asked for.</summary>
public static class RepairedJson
{
    /// <summary>Writes the members inside an object that is begun.</summary>
    public static void Members(Utf8JsonWriter writer, FitReport report, RepairAnswer? repair)
    {
        foreach (var member in JsonSerializer.SerializeToElement(report, FactJson.Default.FitReport).EnumerateObject())
        {
            member.WriteTo(writer);
        }

        if (repair is not null)
        {
            writer.WritePropertyName("repair");
            JsonSerializer.Serialize(writer, repair, FactJson.Default.RepairAnswer);
        }
    }
}
