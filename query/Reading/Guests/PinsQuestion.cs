using System.Text.Json;
using Npgsql;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Contract.ReadModels;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which pins are in force now, of one guest or all, on one host or all? Layers in their order, by name.</summary>
internal sealed class PinsQuestion(Guid? guest, string? host) : IQuestion<IReadOnlyList<PinsItem>>
{
    private const string Sql =
        """
        select p.pins, h.name, p.origin, p.since, p.decided_by, p.why
        from numa.guest_pins p
        left join numa.host h on h.host_key = p.host_key
        where ($1 is null or p.guest = $1::uuid) and ($2 is null or p.host_key = $2) and p.host_key is not null
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(guest?.ToString()).With(host);

    public IReadOnlyList<PinsItem> Read(NpgsqlDataReader reader)
    {
        var items = new List<PinsItem>();
        while (reader.Read())
        {
            items.Add(new PinsItem(
                JsonSerializer.Deserialize(reader.GetString(0), FactJson.Default.GuestPins)!,
                reader.Text(1),
                reader.GetString(2),
                reader.At(3),
                reader.Text(4),
                reader.Text(5)));
        }

        // The server would sort the whole text along.
        return
        [
            .. items.OrderBy(item => item.Pins.Guest, StringComparer.Ordinal).ThenBy(item => item.Pins.Uuid, StringComparer.Ordinal).ThenBy(item => item.Pins.Layer),
        ];
    }
}
