using System.Text;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Observing;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>Cells inside cells come out of the store as they went in, at any moment.</summary>
public sealed class NestedCellsTests(MigratedStore store) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private const string Noon = "2026-11-01T12:00:00Z";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (await store.AskAsync<long>("select count(*) from numa.host") == 0)
        {
            await store.Facts.RecordAsync(Imported(Nested("0", "1"), 0), Cancel);
            await store.Facts.RecordAsync(Imported(Nested("0", "1/3"), 60), Cancel);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(Noon, "1")]
    [InlineData("2026-11-01T13:00:00Z", "1/3")]
    public async Task What_was_imported_is_printed_as_the_same_topology(string at, string group)
    {
        var printed = (await store.AskAsync($"topology big -o xml --at {at}")).Out;

        var back = TopologyDocuments.Parse(Encoding.UTF8.GetBytes(printed));
        var given = TopologyDocuments.Parse(Encoding.UTF8.GetBytes(Nested("0", group)));
        Assert.Empty(given.Problems);
        Assert.Equal(given.Topology!.Fingerprint, back.Topology!.Fingerprint);
        Assert.Equal(given.Topology.CapacityFingerprint, back.Topology.CapacityFingerprint);
    }

    [Fact]
    public async Task A_picture_shows_groups_around_their_cells() =>
        Snapshot.Matches((await store.AskAsync($"topology big --draw --at {Noon}")).Out);

    [Fact]
    public async Task A_cell_in_another_group_is_a_change_of_its_own()
    {
        var seen = await store.AskAsync("diff big --since first");

        Assert.Equal(1, seen.Code);
        Assert.EndsWith("\nbig   group-changed  cell 4   in group 1  in group 1/3\n", seen.Out);
    }

    [Fact]
    public async Task The_text_of_the_document_is_kept_beside_what_was_read_of_it() =>
        Assert.Equal(2, await store.AskAsync<long>("select count(*) from numa.raw_text where source = 'import'"));

    // Two cells inside the first, one inside the last, and one between them that lies in none.
    private static string Nested(string first, string last) =>
        $"<topology><cells>{Inside(first, Cell(0, 0) + Cell(1, 2))}{Cell(2, 4)}{Inside(last, Cell(4, 6))}"
        + "</cells></topology>";

    private static string Inside(string path, string cells) => path.Split('/').Reverse().Aggregate(
        cells, (inner, id) => $"<cell id='{id}'><cells>{inner}</cells></cell>");

    private static string Cell(int id, int cpu) =>
        $"<cell id='{id}'><memory size='4' unit='GiB'/>"
        + $"<cpus num='2'><cpu id='{cpu}'/><cpu id='{cpu + 1}'/></cpus></cell>";

    private static Observation Imported(string xml, int minute) =>
        new XmlDocuments("big", Some.Minute(minute)).Topology("big.xml", Encoding.UTF8.GetBytes(xml)).Observation!;
}
