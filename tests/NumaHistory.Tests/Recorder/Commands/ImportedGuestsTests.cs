using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Commands;

/// <summary>import --format domain: guests out of files.</summary>
public sealed class ImportedGuestsTests
{
    private const string Two = """
        <domains>
          <domain><name>a</name><vcpu>2</vcpu><memory unit='GiB'>1</memory>
            <cputune><vcpupin vcpu='0' cpuset='1'/></cputune>
            <numatune><memory nodeset='0'/></numatune></domain>
          <domain><name>b</name>
            <cputune><vcpupin vcpu='0' cpuset='x'/></cputune></domain>
        </domains>
        """;

    [Theory]
    [InlineData("auto")]
    [InlineData("domain")]
    public async Task Each_guest_is_an_item_with_its_file_and_its_problems(string format)
    {
        var (code, text, error) = await RunAsync(Two, "import", "-", "--format", format, "--dry-run");

        Assert.Equal((ExitCode.Yes, ""), (code, error));
        using var json = JsonDocument.Parse(text);
        Assert.Equal("GuestPins", json.RootElement.GetProperty("kind").GetString());
        var items = json.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["-", "-"], items.Select(item => item.GetProperty("file").GetString()));
        Assert.Equal(["a", "b"], items.Select(item => item.GetProperty("guest").GetString()));
        Assert.Empty(items[0].GetProperty("problems").EnumerateArray());
        var problem = Assert.Single(items[1].GetProperty("problems").EnumerateArray());
        Assert.Equal(("-", 6, 15), (problem.GetProperty("path").GetString(), Number(problem, "line"), Number(problem, "column")));
        Assert.Equal(
            "<vcpupin> cpuset: 'x' is no libvirt list: a number is missing at character 1",
            problem.GetProperty("problem").GetString());
    }

    [Fact]
    public async Task A_table_has_a_line_a_guest_and_the_problems_follow_on_stderr()
    {
        var (_, text, error) = await RunAsync(Two, "import", "-", "--dry-run", "-o", "table");

        Assert.Equal(
            """
            GUEST  LAYER   VCPUS  MEMORY  CPUS  PINS  CELLS  PROBLEMS
            a      config      2   1 GiB  all   0=1   0             0
            b      config      1       ?  all   -     -             1

            """,
            text);
        Assert.Equal("-:6:15: <vcpupin> cpuset: 'x' is no libvirt list: a number is missing at character 1 (guest b)\n", error);
    }

    [Fact]
    public async Task A_folder_stands_for_the_xml_files_in_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/b.xml", "<domain><name>b</name></domain>");
        folder.Write("in/a.xml", "<cpus><pin vcpu='0' cpulist='1'/></cpus>");
        folder.Write("in/notes.txt", "no XML");
        folder.Write("in/networks/default.xml", "<network/>");

        var (code, text, _) = await RunAsync("", "import", folder.At("in"), "--format", "domain", "--dry-run", "-o", "jsonl");

        Assert.Equal(ExitCode.Yes, code);
        Assert.Equal(
            [("a", folder.At("in/a.xml")), ("b", folder.At("in/b.xml"))],
            Lines(text).Select(item => (item.GetProperty("guest").GetString(), item.GetProperty("file").GetString())));
    }

    [Fact]
    public async Task A_document_that_cannot_be_used_is_an_item_and_the_rest_go_on()
    {
        using var folder = new TemporaryFolder();
        var hostile = folder.Write("hostile.xml", "\n<!DOCTYPE d [<!ENTITY a 'b'>]><domain/>");
        var good = folder.Write("good.xml", "<domain><name>a</name></domain>");

        var (code, text, error) = await RunAsync(
            "", "import", hostile, "/no/such.xml", good, "--format", "domain", "--host", "h1", "--dry-run", "-o", "jsonl");

        Assert.Equal(ExitCode.SourceUnusable, code);
        var items = Lines(text);
        Assert.Equal($"{hostile}:2:3: a document type is not allowed", items[0].GetProperty("error").GetString());
        Assert.Equal("/no/such.xml: there is no such file or folder", items[1].GetProperty("error").GetString());
        Assert.Equal("a", items[2].GetProperty("guest").GetString());
        Assert.StartsWith($"numa-recorder: {hostile}:2:3: a document type is not allowed\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_domain_documents_alone_are_an_answer_about_guests()
    {
        var (_, text, _) = await RunAsync("", "import", "/no/such.xml", "--format", "domain", "--dry-run");

        using var json = JsonDocument.Parse(text);
        Assert.Equal("GuestPins", json.RootElement.GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("<domain><name>a</name>", "-:1:23: Unexpected end of file")]
    [InlineData("<hypervisor/>", "-: <hypervisor> is neither a domain nor a topology")]
    public async Task Text_that_looks_like_XML_is_read_as_such_without_a_format(string text, string error)
    {
        var (code, _, said) = await RunAsync(text, "import", "-", "--dry-run");

        Assert.Equal(ExitCode.SourceUnusable, code);
        Assert.StartsWith("numa-recorder: " + error, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_are_recorded_on_a_named_host_only()
    {
        var (code, _, error) = await RunAsync(Two, "import", "-", "--format", "domain");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("on which host", error, StringComparison.Ordinal);
    }

    private static int Number(JsonElement item, string name) => item.GetProperty(name).GetInt32();

    private static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task<(ExitCode Code, string Out, string Error)> RunAsync(string input, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input));
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));
        var context = new RecorderContext(
            output, error, bytes, clock, name => name == "XDG_STATE_HOME" ? "/nowhere" : null, OutIsTerminal: false);
        var code = await RecorderProgram.RunAsync(args, context, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
