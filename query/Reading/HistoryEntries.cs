using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading;

/// <summary>Rows of numa.event as history.</summary>
internal static class HistoryEntries
{
    public static HistoryEntry Of(EventRow row)
    {
        var json = row.Data is { } data ? Encoding.UTF8.GetBytes(data) : row.Block is { } block ? Extent(block) : null;
        return new HistoryEntry(
            new HistoryItem(
                row.Position,
                row.ObservedAt,
                row.RecordedAt,
                row.Type,
                row.Host ?? row.HostKey,
                row.Guest?.ToString(),
                row.Who,
                row.Why,
                json is null ? null : Parse(json),
                row.Id),
            row.Data is null || json is null ? null : EventJson.Read(row.Type, json),
            row.Block);
    }

    private static byte[] Extent(BlockExtent block)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("source", block.Source);
            writer.WriteString("until", Schema.Text.TimeText.Utc(block.Until));
            writer.WriteNumber("samples", block.Samples);
            if (block.Interval is { } interval)
            {
                writer.WriteNumber("intervalSeconds", interval.TotalSeconds);
            }
            else
            {
                writer.WriteNull("intervalSeconds");
            }

            writer.WriteNumber("bytes", block.Bytes);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static JsonElement Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
