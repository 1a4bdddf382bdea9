using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Guests, one a line.</summary>
internal sealed class GuestRendering : IRendering<GuestItem>
{
    public string[] Fields => ["guest", "uuid", "host", "state", "since", "managedBy", "decidedBy"];

    public IEnumerable<object?[]> Records(GuestItem item) =>
        [[item.Guest, item.Uuid, item.Host, item.State, item.Since, item.ManagedBy, item.DecidedBy]];

    public void Write(TextWriter output, IReadOnlyList<GuestItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table(["guest", "host", "state", "since", "decided by", .. look.Wide ? new Column[] { "managed by", "uuid" } : []]);
        foreach (var item in items)
        {
            table.Row(
            [
                item.Guest, item.Host, item.State, Show.Time(item.Since, look), item.DecidedBy ?? "",
                .. look.Wide ? new object?[] { item.ManagedBy ?? "", item.Uuid } : [],
            ]);
        }

        table.Write(output, look);
    }
}
