using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Migrations, one a line.</summary>
internal sealed class MigrationRendering : IRendering<MigrationItem>
{
    public string[] Fields => ["guest", "from", "to", "begun", "ended", "outcome", "postCopy", "seenBy"];

    public IEnumerable<object?[]> Records(MigrationItem item) =>
        [[item.Guest, item.From, item.To, item.Begun, item.Ended, Word(item.Outcome), item.PostCopy, item.SeenBy]];

    public void Write(TextWriter output, IReadOnlyList<MigrationItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table("guest", "from", "to", "begun", "took", "outcome", "seen by");
        foreach (var item in items)
        {
            table.Row(
                item.Guest,
                item.From,
                item.To,
                Show.Time(item.Begun, look),
                item.Outcome == MigrationOutcome.Declared ? "" : item.Ended is { } ended ? Duration.Print(ended - item.Begun) : null,
                Word(item.Outcome) + (item.PostCopy && item.Outcome != MigrationOutcome.PostCopyFailed ? " (post-copy)" : ""),
                item.SeenBy is "source" or "target" ? $"{item.SeenBy} only" : item.SeenBy);
        }

        table.Write(output, look);
    }

    private static string Word(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.UnderWay => "under-way",
        MigrationOutcome.Moved => "moved",
        MigrationOutcome.Failed => "failed",
        MigrationOutcome.PostCopyFailed => "post-copy-failed",
        _ => "declared",
    };
}
