using System.Text.Json;

namespace NumaHistory.Tests.Query.Commands;

/// <summary>place without a store: questions in JSON Lines.</summary>
public sealed class PlaceCommandTests
{
    private const string Fits = """
        {"id":7,"host":{"name":"h","cells":[{"id":0,"dedicatedCpus":"2-5","usedDedicatedCpus":"2","siblings":["2-3","4-5"],"memoryKiB":4096}]},"guest":{"cells":[{"id":0,"dedicatedVcpus":"0-1","memoryKiB":1024,"smt":"require"}]}}
        """;

    private static readonly string DoesNot = Fits.Replace("0-1", "0-3", StringComparison.Ordinal);

    [Fact]
    public async Task Every_line_is_answered_with_its_id_and_the_worst_is_the_exit_code()
    {
        string[] lines =
        [
            Fits,
            DoesNot,
            "{",
            "[]",
            """{"id":"a"}""",
            """{"id":[1],"host":{"name":"h","cells":[]},"guest":{"cells":[]}}""",
            Fits.Replace("\"dedicatedVcpus\":\"0-1\"", "\"dedicatedVcpus\":\"0-1\",\"sharedVcpus\":\"1\"", StringComparison.Ordinal),
            Fits.Replace("1024", "9223372036854775807", StringComparison.Ordinal),
            Fits.Replace("require", "sometimes", StringComparison.Ordinal),
        ];

        var seen = await Shell.RunAsync(["place", "--problem", "-"], string.Join('\n', lines));

        var answers = seen.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal((2, lines.Length), (seen.Code, answers.Count));
        Assert.Equal([true, false], answers.Take(2).Select(answer => answer.GetProperty("fits").GetBoolean()));
        Assert.All(answers.Skip(2), answer => Assert.Equal(["id", "error"], answer.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_first_line_is_no_part_of_it()
    {
        var plain = await Shell.RunAsync(["place", "--problem", "-"], $"{Fits}\n{Fits}");
        var marked = await Shell.RunAsync(["place", "--problem", "-"], $"\uFEFF{Fits}\n{Fits}");

        Assert.Equal(0, marked.Code);
        Assert.Equal(plain, marked);
    }

    [Theory]
    [InlineData("\"memoryKiB\":1024,\"smt\"", "\"memoryKib\":1024,\"smt\"", "line 1: $.guest.cells[0].memoryKib: there is no 'memoryKib' here")]
    [InlineData("[{\"id\":0,\"dedicatedVcpus\":\"0-1\",\"memoryKiB\":1024,\"smt\":\"require\"}]", "[]", "line 1: $.guest.cells is empty: name a cell, or leave them to the placement with null")]
    public async Task What_is_wrong_with_a_guest_is_said_in_words(string right, string wrong, string words)
    {
        var seen = await Shell.RunAsync(["place", "--problem", "-"], Fits.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal((2, words), (seen.Code, JsonDocument.Parse(seen.Out).RootElement.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused()
    {
        var seen = await Shell.RunAsync(["place", "--problem", "-"], $"{Fits}\n{new string('0', (16 << 20) + 1)}");

        Assert.Equal(2, seen.Code);
        Assert.StartsWith("numa-history: line 2 is longer than 16 MiB", seen.Err, StringComparison.Ordinal);
        Assert.Single(seen.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Several_guests_in_one_document_are_too_many()
    {
        const string domain = "<domain><name>g</name><memory unit='GiB'>1</memory><vcpu>2</vcpu></domain>\n";

        var seen = await Shell.RunAsync(["place", "--domain", "-"], domain + domain.Replace("<name>g", "<name>h", StringComparison.Ordinal));

        Assert.Equal((5, ""), (seen.Code, seen.Out));
        Assert.StartsWith("numa-history: --domain -: there are 2 guests in it, and one is placed", seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_candidate_says_where_each_vcpu_goes()
    {
        var seen = await Shell.RunAsync(["place", "--problem", "-"], Fits);

        Assert.Equal(0, seen.Code);
        Assert.Equal(
            """{"id":7,"fits":true,"candidates":[{"host":"h","cells":[{"guestCell":0,"hostCell":0,"pins":[{"vcpu":0,"cpus":"4","preferred":null},{"vcpu":1,"cpus":"5","preferred":null}],"emulator":null,"reserved":"","pageSizeKiB":null,"memoryKiB":1024}],"score":100,"exclusive":null,"smt":null}],"rejected":[]}""",
            seen.Out.TrimEnd());
    }

    [Fact]
    public async Task A_host_without_room_is_rejected_with_its_reasons()
    {
        var seen = await Shell.RunAsync(["place", "--problem", "-"], DoesNot.Replace("1024", "8192", StringComparison.Ordinal));

        var findings = JsonDocument.Parse(seen.Out).RootElement.GetProperty("rejected")[0].GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(1, seen.Code);
        Assert.Equal(["overlap", "memory-capacity", "memory-committed"], findings.Select(finding => finding.GetProperty("code").GetString()));
        Assert.Equal("free 1 CPU in cell 0", findings[0].GetProperty("repair").GetString());
    }

    [Theory]
    [InlineData("\"smt\":\"isolate,require\"", "$.guest.cells[0].smt: it is none of prefer, isolate, require")]
    [InlineData("\"smt\":1", "$.guest.cells[0].smt: it is none of prefer, isolate, require")]
    [InlineData("\"smt\":\"1\"", "$.guest.cells[0].smt: it is none of prefer, isolate, require")]
    [InlineData("\"pageSize\":-1", "$.guest.cells[0].pageSize: it is none of small, large, any")]
    [InlineData("\"memoryKiB\":-1", "$.guest.cells[0].memoryKiB is out of range")]
    public async Task A_word_is_one_of_the_contract(string member, string error)
    {
        var seen = await Shell.RunAsync(
            ["place", "--problem", "-"], $$$"""{"host":{"name":"h","cells":[{"id":0,"dedicatedCpus":"0-1"}]},"guest":{"cells":[{"id":0,"dedicatedVcpus":"0",{{{member}}}}]}}""");

        Assert.Equal((2, $"line 1: {error}"), (seen.Code, JsonDocument.Parse(seen.Out).RootElement.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData(2, "place needs --vcpus", "place")]
    [InlineData(2, "place needs --memory", "place --vcpus 4")]
    [InlineData(2, "--cpu: 'dedicatd' is not dedicated or shared", "place --vcpus 4 --memory 1GiB --cpu dedicatd")]
    [InlineData(2, "--vcpus: '0' is not a number", "place --vcpus 0 --memory 1GiB")]
    [InlineData(2, "-o virsh: cells proposes no pinning", "cells -o virsh")]
    [InlineData(2, "--since goes with --replay", "place --vcpus 4 --memory 1GiB --since -1d")]
    [InlineData(2, "--until goes with --replay", "place --vcpus 4 --memory 1GiB --until -1d")]
    [InlineData(2, "--replay needs --since TIME", "place --vcpus 4 --memory 1GiB --replay")]
    [InlineData(2, "--replay is of the store; --problem brings its own", "place --problem - --replay --since -1d")]
    [InlineData(2, "-o xml is of a placement now or at a moment", "place --vcpus 4 --memory 1GiB --replay --since -1d -o xml")]
    [InlineData(2, "--explain is of one moment", "place --vcpus 4 --memory 1GiB --replay --since -1d --explain")]
    [InlineData(2, "--limit is of one moment", "place --vcpus 4 --memory 1GiB --replay --since -1d --limit 1")]
    [InlineData(2, "--hugepages 0: there is nothing of no size", "place --vcpus 4 --memory 1GiB --hugepages 0KiB")]
    [InlineData(2, "--memory 0: there is nothing of no size", "place --vcpus 4 --memory 0GiB")]
    [InlineData(2, "--smt isolate: shared vCPUs float", "place --vcpus 4 --memory 1GiB --cpu shared --smt isolate")]
    [InlineData(2, "--vcpus: --problem brings whole questions", "place --problem - --vcpus 4")]
    [InlineData(2, "--at: --problem brings whole questions, which are of no moment", "place --problem - --at -1d")]
    [InlineData(2, "--known-at: --problem brings whole questions, which are of no moment", "place --problem - --known-at -1d")]
    [InlineData(2, "-o xml: the answers to --problem are JSON Lines", "place --problem - -o xml")]
    [InlineData(2, "-o: 'yaml' is not a format; there are table, wide, json, jsonl and csv, and xml, virsh, xl and pins", "place --vcpus 4 --memory 1GiB -o yaml")]
    [InlineData(5, "--problem /tmp: is a folder", "place --problem /tmp")]
    [InlineData(5, "--problem /no/such.jsonl: there is no such file", "place --problem /no/such.jsonl")]
    public async Task What_cannot_be_asked_is_refused_with_the_place(int code, string message, string line)
    {
        var seen = await Shell.RunAsync(line.Split(' '));

        Assert.Equal((code, ""), (seen.Code, seen.Out));
        Assert.StartsWith($"numa-history: {message}", seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_CPU_numbers_cost_no_more_than_small_ones()
    {
        const string Line = """{"id":1,"host":{"name":"h","cells":[{"id":0,"dedicatedCpus":"0-1048575","usedDedicatedCpus":"0-1048570","siblings":["4-5","1048574-1048575"]}]},"guest":{"cells":[{"id":0,"dedicatedVcpus":"0-3"}]}}""";

        var seen = await Shell.RunAsync(["place", "--problem", "-"], Line);

        var pins = JsonDocument.Parse(seen.Out).RootElement.GetProperty("candidates")[0].GetProperty("cells")[0].GetProperty("pins").EnumerateArray();
        Assert.Equal(["1048571", "1048572", "1048574", "1048575"], pins.Select(pin => pin.GetProperty("cpus").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_million_free_CPUs_without_cores_are_a_host_like_any_other()
    {
        const string Line = """{"id":1,"host":{"name":"h","cells":[{"id":0,"dedicatedCpus":"0-1048575","siblings":["4-5"]}]},"guest":{"cells":[{"id":0,"dedicatedVcpus":"0-2"}]}}""";

        var seen = await Shell.RunAsync(["place", "--problem", "-"], Line);

        Assert.Equal((0, ""), (seen.Code, seen.Err));
    }

    [Theory]
    [InlineData("--vcpus 3", "--vcpus 3: --domain - says 2")]
    [InlineData("--memory 2GiB", "--memory 2 GiB: --domain - says 1 GiB")]
    [InlineData("--cells 1", "--cells 1: --domain - says 2")]
    [InlineData("--vcpus 2 --memory 1GiB --cells 2", "its memory is in pages of several sizes (2 MiB, 1 GiB)")]
    public async Task What_contradicts_the_document_is_refused(string options, string message)
    {
        var pages = options.Contains("--cells 2", StringComparison.Ordinal)
            ? "<memoryBacking><hugepages><page size='2' unit='M' nodeset='0'/><page size='1' unit='G' nodeset='1'/></hugepages></memoryBacking>"
            : "";
        var domain = $"<domain><name>g</name><memory unit='GiB'>1</memory>{pages}<vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0' memory='512' unit='MiB'/><cell id='1' cpus='1' memory='512' unit='MiB'/></numa></cpu></domain>";

        var seen = await Shell.RunAsync(["place", "--domain", "-", .. options.Split(' ')], domain);

        Assert.Equal((2, ""), (seen.Code, seen.Out));
        Assert.Contains(message, seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_with_some_of_its_cells_in_huge_pages_is_not_placed_in_one_kind_unasked()
    {
        const string Domain = "<domain><name>g</name><memory unit='GiB'>1</memory><memoryBacking><hugepages><page size='2' unit='M' nodeset='1'/></hugepages></memoryBacking><vcpu>2</vcpu>"
            + "<cpu><numa><cell id='0' cpus='0' memory='512' unit='MiB'/><cell id='1' cpus='1' memory='512' unit='MiB'/></numa></cpu></domain>";

        var seen = await Shell.RunAsync(["place", "--domain", "-"], Domain);

        Assert.Equal((2, ""), (seen.Code, seen.Out));
        Assert.Contains("guest cell 0 is in ordinary memory and the others are in huge pages", seen.Err, StringComparison.Ordinal);
        Assert.Contains("hint: name one with --hugepages", seen.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task A_name_that_no_hypervisor_has_is_refused(string name)
    {
        var seen = await Shell.RunAsync(["place", "--vcpus", "1", "--memory", "1GiB", "--name", name]);

        Assert.Equal(2, seen.Code);
        Assert.Contains("no hypervisor has such a guest", seen.Err, StringComparison.Ordinal);
    }
}
