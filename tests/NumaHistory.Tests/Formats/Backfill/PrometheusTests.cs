using NumaHistory.Schema.Formats.Backfill.Series;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Formats.Backfill;

public sealed class PrometheusTests
{
    [Theory]
    [InlineData("{{__name__=\"node_memory_numa_{0}\", instance=\"kvm1:9100\", job=\"node\", node=\"{1}\"}} {2} 1764547200123")]
    [InlineData("node_memory_numa_{0}{{instance=\"kvm1:9100\",job=\"a \\\"}} b\",node=\"{1}\"}} {2} 1.764547200123e+09")]
    [InlineData("node_memory_numa_{0}{{node=\"{1}\",instance=\"kvm1:9100\"}} {2} 1764547200123")]
    public void Values_of_one_instant_are_one_sample_in_each_form(string form)
    {
        var series = new MemorySeries();
        var text = string.Join('\n', new[] { ("MemTotal", 0, "2.147483648e+09"), ("MemFree", 0, "1.073741824e+09"), ("FilePages", 0, "4096"), ("Shmem", 0, "1024"), ("SReclaimable", 0, "2048"), ("MemTotal", 2, "4096"), ("MemFree", 2, "NaN"), ("Active", 0, "1") }
            .Select(one => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, one.Item1, one.Item2, one.Item3)));

        var problems = PrometheusText.Read("f", new StringReader($"# HELP x y\n{text}\nup 1 1764547200123\n# EOF\n"), series);

        Assert.Empty(problems);
        Assert.Equal(["kvm1:9100"], series.Instances);
        var sample = Assert.Single(series.Samples("kvm1:9100"));
        Assert.Equal("2025-12-01T00:00:00.1230000+00:00", $"{sample.At:O}");
        Assert.Equal([new CellMemory(0, 2_097_152, 1_048_576, 5), new CellMemory(2, 4, null, null)], sample.Cells);
    }

    [Fact]
    public void An_answer_of_query_range_holds_the_same()
    {
        var series = new MemorySeries();
        const string Json = """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"__name__":"node_memory_numa_MemTotal","instance":"kvm1:9100","node":"0"},"values":[[1764547200,"8192"],[1764547260.5,"8192"]]},
              {"metric":{"__name__":"node_memory_numa_MemUsed","instance":"kvm1:9100","node":"0"},"values":[[1764547200,"4096"],[1764547260.5,"x"]]},
              {"metric":{"__name__":"up","instance":"kvm1:9100"},"values":[[1764547200,"1"]]}]}}
            """;

        var problems = PrometheusJson.Read("f", Json, series);

        Assert.Equal("f: 'x' is no number (Used of cell 0 of kvm1:9100); the value is left out", Assert.Single(problems).ToString());
        Assert.Equal([new CellMemory(0, 8, 4, null), new CellMemory(0, 8, null, null)], series.Samples("kvm1:9100").SelectMany(sample => sample.Cells));
    }

    [Theory]
    [InlineData("node_memory_numa_MemFree{node=\"0\"} 4096", "f:1: there is no instant")]
    [InlineData("node_memory_numa_MemFree{node=\"0\"} many 1764547200123", "f:1: 'many 1764547200123' is no value and instant")]
    [InlineData("node_memory_numa_MemFree{node=\"0 4096", "f:1: the labels are not closed")]
    [InlineData("node_memory_numa_MemFree{node=\"0\"} -4096 1764547200123", "f:1: this is no amount of memory")]
    public void A_bad_line_says_where_it_is_and_the_rest_goes_on(string line, string problem)
    {
        var series = new MemorySeries();

        var problems = PrometheusText.Read("f", new StringReader($"{line}\nnode_memory_numa_MemFree{{node=\"0\"}} 4096 1764547200123"), series);

        Assert.StartsWith(problem, Assert.Single(problems).ToString(), StringComparison.Ordinal);
        Assert.Single(series.Samples(""));
    }

    [Theory]
    [InlineData("{\"status\":\"error\",\"error\":\"query timed out\"}", "f: the answer is an error: query timed out")]
    [InlineData("{\"data\":", "f:1: is no JSON answer of Prometheus")]
    [InlineData("{}", "f: holds no data.result")]
    public void An_answer_that_is_none_says_so(string json, string problem) =>
        Assert.StartsWith(problem, Assert.Single(PrometheusJson.Read("f", json, new MemorySeries())).ToString(), StringComparison.Ordinal);
}
