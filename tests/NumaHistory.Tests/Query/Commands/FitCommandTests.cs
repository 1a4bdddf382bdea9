using System.Text.Json;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Commands;

/// <summary>fit without a store: two files in, one verdict out; questions in JSON Lines.</summary>
public sealed class FitCommandTests
{
    private const string Guest = """
        <domain type='kvm'><name>web02</name><memory unit='MiB'>500</memory><vcpu>2</vcpu>
        <cputune><vcpupin vcpu='0' cpuset='2'/><vcpupin vcpu='1' cpuset='3'/></cputune>
        <numatune><memory mode='strict' nodeset='1'/></numatune></domain>
        """;

    private const string Question =
        """{"id":7,"guest":{"guest":"a","pins":[{"vcpu":0,"cpus":"1"}]},"host":{"name":"h","topology":{"cells":[{"id":0,"cpus":"0-1"}]}}}""";

    [Theory]
    [InlineData("dynamic-0-boot", 0)]
    [InlineData("dynamic-1-node1-cpus-offline", 1)]
    [InlineData("sparse-1-nodes-0-1-3", 0)]
    public async Task A_domain_is_judged_on_a_capture(string host, int code)
    {
        var seen = await Shell.RunAsync(["fit", "--domain", "-", "--topology", RecordedHost.Archive(host)], Guest);

        Assert.Equal((code, ""), (seen.Code, seen.Err));
        Snapshot.Matches(seen.Out, host);
    }

    [Fact]
    public async Task Capabilities_and_observations_are_hosts_too()
    {
        using var folder = new TemporaryFolder();
        folder.Write("caps.xml", "<capabilities><host><topology><cells num='1'><cell id='0'><memory unit='GiB'>1</memory><cpus num='4'><cpu id='2'/><cpu id='3'/></cpus></cell></cells></topology></host></capabilities>");
        folder.Write("seen.json", """{"items":[{"host":"h9","topology":{"cells":[{"id":1,"cpus":"2-3","memoryKiB":1048576}]},"memory":{"cells":[{"id":1,"totalKiB":1048576,"freeKiB":1}]}}]}""");

        var caps = await Shell.RunAsync(["fit", "--domain", "-", "--topology", folder.At("caps.xml"), "-o", "jsonl"], Guest);
        var json = await Shell.RunAsync(["fit", "--domain", "-", "--topology", folder.At("seen.json"), "-o", "jsonl"], Guest);

        Assert.Equal(["cell-gone", "cell-split", "not-checked"], Codes(caps.Out));
        Assert.Equal(["memory-free", "not-checked"], Codes(json.Out));
        Assert.Contains("\"host\":\"h9\"", json.Out, StringComparison.Ordinal);
    }

    // The form of the proposal of 2007, and the pins that it gives as an example.
    [Theory]
    [InlineData("2,3", 0, "not-checked")]
    [InlineData("0,3", 1, "cell-split not-checked")]
    public async Task Pins_are_judged_on_cells_inside_cells(string cpus, int code, string findings)
    {
        using var folder = new TemporaryFolder();
        folder.Write("nested.xml", "<topology><cells num='1'><cell id='9'><cells num='2'>"
            + "<cell id='0'><cpus num='2'><cpu id='0'/><cpu id='1'/></cpus><memory size='2097152'/></cell>"
            + "<cell id='1'><cpus num='2'><cpu id='2'/><cpu id='3'/></cpus><memory size='2097152'/></cell>"
            + "</cells></cell></cells></topology>");
        var pins = $"<cpus><pin vcpu='0' cpulist='{cpus}'/><pin vcpu='1' cpulist='3'/></cpus>";

        var seen = await Shell.RunAsync(
            ["fit", "--domain", "-", "--topology", folder.At("nested.xml"), "-o", "jsonl"], pins);

        Assert.Equal((code, findings), (seen.Code, string.Join(' ', Codes(seen.Out))));
    }

    [Fact]
    public async Task Memory_may_come_from_another_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("full.json", """{"cells":[{"id":1,"totalKiB":965608,"freeKiB":4,"reclaimableKiB":0}]}""");

        var seen = await Shell.RunAsync(
            ["fit", "--domain", "-", "--topology", RecordedHost.Archive("dynamic-0-boot"), "--memory", folder.At("full.json"), "-o", "jsonl"], Guest);

        Assert.Equal(1, seen.Code);
        Assert.Equal(["memory-free", "not-checked"], Codes(seen.Out));
    }

    [Fact]
    public async Task Several_domains_are_a_list_worst_first_and_wide_shows_each_in_full()
    {
        var two = $"<domains>{Guest}{Guest.Replace("web02", "web03", StringComparison.Ordinal).Replace("nodeset='1'", "nodeset='7'", StringComparison.Ordinal)}</domains>";
        string[] words = ["fit", "--domain", "-", "--topology", RecordedHost.Archive("dynamic-0-boot")];

        var list = await Shell.RunAsync(words, two);
        var wide = await Shell.RunAsync([.. words, "-o", "wide"], two);

        Assert.Equal(1, list.Code);
        Snapshot.Matches(list.Out);
        Assert.True(wide.Out.Split('\n').Length > list.Out.Split('\n').Length + 4);
    }

    [Fact]
    public async Task Every_line_of_a_problem_file_gets_one_answer_with_its_id()
    {
        string[] lines =
        [
            Question,
            Question.Replace("\"cpus\":\"1\"", "\"cpus\":\"5\"", StringComparison.Ordinal).Replace("7", "\"b\"", StringComparison.Ordinal),
            Question.Replace("\"cpus\":\"1\"", "\"cpus\":\"x\"", StringComparison.Ordinal),
            "{",
            """{"id":[1],"guest":{"guest":"a","pins":[{"vcpu":0,"cpus":"1"},{"vcpu":0,"cpus":"1"}]},"host":{"name":"h"}}""",
            """{"guest":{"guest":"a"},"host":{"name":"h","topology":{"cells":[{"id":2000000000}]}}}""",
            """{"guest":{"guest":"a","memoryKiB":9223372036854775807},"host":{"name":"h"}}""",
            "[]",
        ];

        var seen = await Shell.RunAsync(["fit", "--problem", "-"], string.Join('\n', lines));

        var answers = seen.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((2, lines.Length), (seen.Code, answers.Length));
        Snapshot.Matches(string.Concat(answers.Select(answer => Short(answer) + "\n")));
    }

    [Theory]
    [InlineData(0, Question)]
    [InlineData(0, "")]
    [InlineData(1, """{"guest":{"guest":"a","pins":[{"vcpu":0,"cpus":"9"}]},"host":{"name":"h","topology":{"cells":[{"id":0,"cpus":"0-1"}]}}}""")]
    [InlineData(1, """{"guest":{"guest":"a","pins":[{"vcpu":0,"cpus":"9"}]},"host":{"name":"h"}}""")]
    public async Task The_exit_code_of_problems_is_the_worst_answer(int code, string lines) =>
        Assert.Equal(code, (await Shell.RunAsync(["fit", "--problem", "-"], lines)).Code);

    [Theory]
    [InlineData(2, "--problem does not go with", "fit --problem - --domain x")]
    [InlineData(2, "--topology goes with --domain", "fit --topology x")]
    [InlineData(2, "--topology does not go with --host", "fit --domain x --host h --topology t")]
    [InlineData(2, "guests are of the store", "fit web02 --domain x")]
    [InlineData(2, "--situation: 'runing'", "fit --domain - --situation runing")]
    [InlineData(5, "--domain /no/such.xml: there is no such file", "fit --domain /no/such.xml")]
    [InlineData(5, "--topology /no/such.xml: there is no such file", "fit --domain - --topology /no/such.xml")]
    [InlineData(5, "--problem /no/such.jsonl: there is no such file", "fit --problem /no/such.jsonl")]
    public async Task What_cannot_be_asked_is_refused_with_the_place(int code, string message, string line)
    {
        var seen = await Shell.RunAsync(line.Split(' '), Guest);

        Assert.Equal((code, ""), (seen.Code, seen.Out));
        Assert.StartsWith($"numa-history: {message.Replace("--problem does not go with", "--domain does not go with --problem", StringComparison.Ordinal)}", seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_names_cannot_steer_the_terminal()
    {
        var seen = await Shell.RunAsync(
            ["fit", "--domain", "-", "--topology", RecordedHost.Archive("dynamic-0-boot")], Guest.Replace("web02", "we\u202eb", StringComparison.Ordinal));

        Assert.DoesNotContain('\u202e', seen.Out);
        Assert.Contains("we\\u202eb", seen.Out, StringComparison.Ordinal);
    }

    private static List<string> Codes(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!)];
    }

    private static string Short(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        var root = json.RootElement;
        return $"{root.GetProperty("id")} {(root.TryGetProperty("error", out var error) ? error : root.GetProperty("verdict"))}";
    }
}
