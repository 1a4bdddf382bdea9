using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Changes, one a line; memory as sizes. <c>-</c> is: nothing there.</summary>
internal sealed class DiffRendering : IRendering<DiffItem>
{
    public string[] Fields => ["host", "since", "until", "name", "subject", "before", "after", "proof", "note", "cause"];

    public IEnumerable<object?[]> Records(DiffItem item) => item.Changes.Select(change => new object?[]
    {
        item.Host, item.Since, item.Until, change.Name, change.Subject, change.Before, change.After,
        string.Join(' ', change.Proof), change.Note, change.Cause,
    });

    public void Write(TextWriter output, IReadOnlyList<DiffItem> items, Look look)
    {
        foreach (var item in items.Where(item => item.Changes.Count > 0))
        {
            var changes = Consequences.Shown(item.Changes, look);
            var hasNotes = changes.Any(change => change.Note is not null);
            var table = new Table(
            [
                "host", "change", "subject", new Column("before"), new Column("after"),
                .. hasNotes ? new Column[] { "note" } : [],
                .. look.Wide ? new Column[] { "proof" } : [],
            ]);
            foreach (var change in changes)
            {
                table.Row(
                [
                    item.Host, change.Name, change.Subject, ChangeWords.Side(change, change.Before, look),
                    ChangeWords.Side(change, change.After, look),
                    .. hasNotes ? new object?[] { change.Note ?? "" } : [],
                    .. look.Wide ? new object?[] { string.Join(' ', change.Proof) } : [],
                ]);
            }

            table.Write(output, look, (row, line) => Painted(changes[row].Name, line, look));
        }
    }

    private static string Painted(string name, string line, Look look) => name switch
    {
        ChangeNames.CellGone or ChangeNames.CpuGone or ChangeNames.CpuOffline or ChangeNames.MemoryShrunk =>
            Paint.Red(line, look),
        ChangeNames.CellAdded or ChangeNames.CpuAdded or ChangeNames.CpuOnline or ChangeNames.MemoryGrew =>
            Paint.Green(line, look),
        _ => Paint.Yellow(line, look),
    };
}
