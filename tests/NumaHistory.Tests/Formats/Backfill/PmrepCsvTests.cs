using NumaHistory.Schema.Formats.Backfill.Series;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Formats.Backfill;

public sealed class PmrepCsvTests
{
    private const string Head = "Time,\"mem.numa.util.total-node0\",\"mem.numa.util.free-node0\",\"mem.util.free\",\"mem.numa.util.free-node2\"\n";

    [Fact]
    public void A_row_is_a_sample_of_every_cell_that_has_a_column()
    {
        var series = new MemorySeries();

        var problems = PmrepCsv.Read("f", new StringReader($"{Head}2026-09-09T16:52:31-0400,2013264,1803344,7,900\n2026-09-09T16:53:31-0400,2013264,,7,901\n"), series);

        Assert.Empty(problems);
        var samples = series.Samples("");
        Assert.Equal("2026-09-09T20:52:31.0000000+00:00", $"{samples[0].At:O}");
        Assert.Equal([new CellMemory(0, 2_013_264, 1_803_344, null), new CellMemory(2, null, 900, null)], samples[0].Cells);
        Assert.Null(samples[1].Cells[0].FreeKiB);
    }

    [Theory]
    [InlineData(Head + "2026-09-09 16:52:31,1,2,3,4", "f:2: '2026-09-09 16:52:31' is no time with an offset; print it with pmrep -f")]
    [InlineData(Head + "2026-09-09T16:52:31-0400,1,2", "f:2: there are 3 fields where the head has 5")]
    [InlineData("2026-09-09T16:52:31-0400,1", "f:1: there is no line Time")]
    public void A_bad_line_says_where_it_is_and_what_to_do(string text, string problem) =>
        Assert.StartsWith(problem, Assert.Single(PmrepCsv.Read("f", new StringReader(text), new MemorySeries())).ToString(), StringComparison.Ordinal);
}
