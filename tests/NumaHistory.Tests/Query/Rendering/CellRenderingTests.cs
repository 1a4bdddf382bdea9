using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class CellRenderingTests
{
    private static readonly CellTrends Trends = new(
        TimeSpan.FromHours(6),
        new Dictionary<(string, int), IReadOnlyList<double?>>
        {
            [("db1", 0)] = [0, 0.1, 0.2, 0.4, null, null, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
            [("db1", 2)] = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        });

    // A busy cell, one without CPUs, one whose source fell silent, one of which nothing is known.
    private static readonly IReadOnlyList<CellItem> Cells =
    [
        Cell("db1", 0, "0-3,8-11", 65_842_176, 1_572_864, 20_971_520, 3, 10, [new PoolItem(2048, 512, 12)]),
        Cell("db1", 2, "", 16_777_216, 16_515_072, 0, 3, 10, []),
        Cell("old", 0, "0-1", 2_097_152, 1_048_576, null, 7_260, 10, null),
        new CellItem("new", 0, null, null, null, null, null, null, [], [], null, null, null, null, false, null),
    ];

    [Fact]
    public void Cells_are_a_table_with_the_facts_of_numactl_in_its_order() =>
        Snapshot.Matches(Looks.Seen(new CellRendering(Some.Noon, Trends), Cells, Looks.Plain));

    [Fact]
    public void Wide_cells_add_pools_sample_time_and_source() =>
        Snapshot.Matches(
            Looks.Seen(new CellRendering(Some.Noon, Trends), Cells, Looks.Plain with { Wide = true, Ascii = true }));

    [Fact]
    public void Bytes_without_headers_are_for_scripts() =>
        Snapshot.Matches(Looks.Seen(
            new CellRendering(Some.Noon, Trends), Cells, Looks.Plain with { Bytes = true, Headers = false }));

    [Fact]
    public void Colours_mark_the_header_and_what_is_stale() =>
        Snapshot.Matches(Looks.Seen(new CellRendering(Some.Noon, Trends), Cells, Looks.Plain with { Color = true }));

    [Fact]
    public void Plain_ASCII_has_nothing_else() =>
        Assert.True(System.Text.Ascii.IsValid(
            Looks.Seen(new CellRendering(Some.Noon, Trends), Cells, Looks.Plain with { Ascii = true, Wide = true })));

    private static CellItem Cell(
        string host, int id, string cpus, long total, long free, long? reclaimable, int age, int interval,
        IReadOnlyList<PoolItem>? pages) => new(
        host,
        id,
        Some.Cpus(cpus),
        Some.Cpus(cpus),
        total,
        free,
        reclaimable,
        null,
        [],
        [],
        [new CellDistance(0, id == 0 ? 10 : 21), new CellDistance(2, id == 0 ? 21 : 10)],
        pages,
        Some.Noon.AddSeconds(-age),
        interval,
        age > 3 * interval,
        "sysfs");
}
