using System.Text;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class HistoryRenderingTests
{
    [Fact]
    public void Every_event_of_the_catalogue_is_a_line_that_a_person_can_read()
    {
        IHostFact[] facts =
        [
            .. ChangeDetector.Detect(
                "3f2a", Some.Look(TopologyPictureTests.TwoSockets(), host: "db1"), KnownFacts.None),
            new HostRenamed("3f2a", "db2", Some.Minute(1)),
            new SourceFailed("3f2a", "libvirt", "connection refused", Some.Minute(2)),
            new SourceRecovered("3f2a", "libvirt", Some.Minute(3)),
            new SamplingGap("3f2a", "sysfs", Some.Minute(3), Some.Minute(9), "suspend", Some.Minute(9)),
        ];
        List<HistoryEntry> entries = [.. facts.Select(Entry), Block()];

        Snapshot.Matches(
            Looks.Seen(new HistoryRendering(key => key), entries, Looks.Plain));
    }

    [Fact]
    public void Text_that_could_steer_a_terminal_is_shown_and_not_sent()
    {
        var entry = Entry(new SourceFailed("h", "libvirt", "\e[31mred\nline", Some.Noon), 0);

        var table = Looks.Seen(new HistoryRendering(key => key), [entry], Looks.Plain);

        Assert.DoesNotContain('\e', table);
        Assert.Equal(2, table.Count(c => c == '\n'));
    }

    private static HistoryEntry Entry(IHostFact fact, int index) => HistoryEntries.Of(new EventRow(
        index + 1,
        Guid.Empty,
        EventNames.Of(fact),
        fact.Host,
        "db1",
        null,
        fact.ObservedAt,
        fact.ObservedAt.AddSeconds(2),
        index % 2 == 0 ? "root" : null,
        null,
        Encoding.UTF8.GetString(EventJson.Write(fact)),
        null));

    private static HistoryEntry Block() => HistoryEntries.Of(new EventRow(
        9,
        Guid.Empty,
        "memory.block",
        "3f2a",
        "db1",
        null,
        Some.Minute(10),
        Some.Minute(70),
        null,
        null,
        null,
        new BlockExtent("sysfs", Some.Minute(70), 360, TimeSpan.FromSeconds(10), 1116)));
}
