using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class ConsequencesTests
{
    private const string Cause = "cells-per-socket-changed host";

    private static readonly ChangeItem First = new(ChangeNames.CellsPerSocketChanged, "host", "1 cell per socket, cell 0", "4 cells per socket, cells 0-3", []);

    private static readonly ChangeItem Beside = new(ChangeNames.DeviceChanged, "device 0000:3b:00.0", null, "network eth0, cell 0", []);

    [Fact]
    public void Many_consequences_are_counted_beside_their_cause_and_listed_wide()
    {
        ChangeItem[] changes = [First, Beside, .. Added(3), new(ChangeNames.MemoryShrunk, "cell 0", 4096, 1024, [], Cause: Cause)];

        var shown = Consequences.Shown(changes, Looks.Plain);

        Assert.Equal([First with { Note = "with it: 3 cell-added, 1 memory-shrunk; -o wide lists them" }, Beside], shown);
        Assert.Equal(changes, Consequences.Shown(changes, Looks.Plain with { Wide = true }));
    }

    [Fact]
    public void A_few_are_listed_as_they_are()
    {
        ChangeItem[] changes = [First, .. Added(3)];

        Assert.Equal(changes, Consequences.Shown(changes, Looks.Plain));
    }

    private static IEnumerable<ChangeItem> Added(int count) =>
        Enumerable.Range(1, count).Select(id => new ChangeItem(ChangeNames.CellAdded, $"cell {id}", null, "cpus", [], Cause: Cause));
}
