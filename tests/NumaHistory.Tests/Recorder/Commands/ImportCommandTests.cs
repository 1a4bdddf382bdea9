using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Commands;

public sealed class ImportCommandTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_bad_document_is_an_item_and_the_rest_go_on()
    {
        var good = RecordedHost.Archive("numa4-hmat");

        var (code, text, error) = await RunAsync(
            [], "import", "/no/such.tar.gz", good, "--format", "sysfs", "--dry-run");

        Assert.Equal(ExitCode.SourceUnusable, code);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(("numahistory/v1", "Observation"), (Member(json, "apiVersion"), Member(json, "kind")));
        var items = json.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("/no/such.tar.gz: there is no such file or folder", items[0].GetProperty("error").GetString());
        Assert.Equal(["file", "error"], items[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(good, items[1].GetProperty("file").GetString());
        Assert.Equal("tree", items[1].GetProperty("host").GetString());
        Assert.Equal(4, items[1].GetProperty("topology").GetProperty("cells").GetArrayLength());
        Assert.Equal("numa-recorder: /no/such.tar.gz: there is no such file or folder\n", error);
    }

    [Fact]
    public async Task Each_machine_in_an_archive_is_a_document_named_by_its_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/h1/sys/devices/system/cpu/online", "0\n");
        folder.Write("in/h2/sys/devices/system/cpu/online", "0-1\n");

        var (code, text, _) = await RunAsync([], "import", folder.At("in"), "--dry-run", "-o", "jsonl");

        Assert.Equal(ExitCode.Yes, code);
        var items = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line))
            .ToList();
        Assert.Equal(["h1", "h2"], items.Select(item => Member(item, "host")));
        Assert.Equal([folder.At("in/h1"), folder.At("in/h2")], items.Select(item => Member(item, "file")));
    }

    [Fact]
    public async Task An_archive_on_standard_input_is_named_by_host_and_dated_by_at()
    {
        var bytes = ArchivedTree.Archive(("sys/devices/system/cpu/online", "0\n"));

        var (code, text, _) = await RunAsync(
            bytes, "import", "-", "--host", "h9", "--at", "2026-10-01T00:00:00Z", "--dry-run", "-o", "jsonl");

        Assert.Equal(ExitCode.Yes, code);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(
            ("h9", "-", "2026-10-01T00:00:00Z"),
            (Member(json, "host"), Member(json, "file"), Member(json, "observedAt")));
    }

    [Fact]
    public async Task Capabilities_are_an_observation_of_the_named_host()
    {
        var xml = "<capabilities><host><cpu><arch>x86_64</arch></cpu><topology><cells num='1'><cell id='0'><cpus num='1'><cpu id='0'/></cpus></cell></cells></topology></host></capabilities>"u8;

        var (code, text, _) = await RunAsync(xml.ToArray(), "import", "-", "--host", "h9", "--dry-run", "-o", "jsonl");

        Assert.Equal(ExitCode.Yes, code);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(("h9", "import", "x86_64"), (Member(json, "host"), Member(json, "source"), Member(json, "architecture")));
        Assert.Equal("0", json.RootElement.GetProperty("topology").GetProperty("cells")[0].GetProperty("cpus").GetString());
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("capabilities")]
    [InlineData("topology")]
    public async Task A_topology_on_standard_input_needs_a_name(string format)
    {
        var xml = "<cells><cell id='0'/></cells>"u8.ToArray();

        var nameless = await RunAsync(xml, "import", "-", "--format", format, "--dry-run");
        var named = await RunAsync(xml, "import", "-", "--format", format, "--host", "h9", "--dry-run");

        Assert.Equal((ExitCode.Usage, ""), (nameless.Code, nameless.Out));
        Assert.Equal(
            "numa-recorder: -: standard input is one document and has no name\nhint: name its host with --host\n",
            nameless.Error);
        Assert.Equal(ExitCode.Yes, named.Code);
    }

    [Fact]
    public async Task Documents_are_named_by_their_files_and_a_broken_one_says_where()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kvm7.xml", "<host><topology><cells><cell id='0'/></cells></topology></host>");
        folder.Write("kvm8.xml", "<topology>\n<cells><cell></cells></topology>");
        folder.Write("kvm9.xml", "<topology><cells num='2'><cell id='0'/></cells></topology>");

        string[] files = [folder.At("kvm7.xml"), folder.At("kvm8.xml"), folder.At("kvm9.xml")];
        var (code, text, error) = await RunAsync([], ["import", .. files, "--dry-run", "-o", "jsonl"]);

        Assert.Equal(ExitCode.SourceUnusable, code);
        var hosts = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line))
            .Where(item => item.RootElement.TryGetProperty("host", out _))
            .Select(item => Member(item, "host"));
        Assert.Equal(["kvm7", "kvm9"], hosts);
        Assert.StartsWith($"numa-recorder: {folder.At("kvm8.xml")}:2:16: ", error);
        Assert.Contains("<cells> says that it has 2 cells, but lists 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_unknown_XML_says_how_to_name_its_format()
    {
        var (code, _, error) = await RunAsync("<pool/>"u8.ToArray(), "import", "-", "--dry-run");

        Assert.Equal(ExitCode.SourceUnusable, code);
        Assert.Equal("numa-recorder: -: <pool> is neither a domain nor a topology\nhint: say what it is with --format\n", error);
    }

    [Fact]
    public async Task The_table_has_a_line_a_cell()
    {
        var (_, text, _) = await RunAsync(
            [], "import", RecordedHost.Archive("sparse-1-nodes-0-1-3"), "--host", "h", "--dry-run", "-o", "table");

        Assert.Equal(
            """
            HOST  CELL  CPUS      TOTAL       FREE  RECLAIMABLE
            h        0  0-1   961.8 MiB  888.5 MiB      8.6 MiB
            h        1  2-3   939.8 MiB  905.6 MiB      1.3 MiB
            h        3  -       512 MiB    512 MiB        0 KiB

            """,
            text);
    }

    [Theory]
    [InlineData(2, "--format hwloc: not read yet; auto, sysfs, capabilities, topology, domain, events are", "import", "x", "--format", "hwloc", "--dry-run")]
    [InlineData(2, "--format: 'what' is none of", "import", "x", "--format", "what", "--dry-run")]
    [InlineData(2, "--at: 'boot' is no moment on the clock", "import", "x", "--at", "boot", "--dry-run")]
    [InlineData(2, "--host: 'a b' cannot name a host", "import", "x", "--host", "a b", "--dry-run")]
    [InlineData(
        2, "--host h: names one host, but there are 2 documents", "import", "x", "y", "--host", "h", "--dry-run")]
    [InlineData(2, "-: standard input is one archive and has no name", "import", "-", "--dry-run")]
    [InlineData(2, "-o csv: an observation is no table", "import", "x", "--dry-run", "-o", "csv")]
    [InlineData(2, "--source xen: not read yet; libvirt with --connect xen:///system is", "sample", "--source", "xen", "--dry-run")]
    [InlineData(5, "/no/such: there is no folder sys/ in it", "sample", "--sysfs-root", "/no/such", "--dry-run")]
    [InlineData(3, "there is no private store in /nowhere/numahistory yet", "sample")]
    public async Task What_is_not_done_is_refused_with_its_reason(int code, string reason, params string[] args)
    {
        var (seen, text, error) = await RunAsync([], args);

        Assert.Equal((ExitCode)code, seen);
        Assert.Equal("", text);
        Assert.StartsWith($"numa-recorder: {reason}", error);
    }

    // No test may find a store of the user who runs it.
    private static string? Environment(string name) => name == "XDG_STATE_HOME" ? "/nowhere" : null;

    private static string? Member(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();

    private static async Task<(ExitCode Code, string Out, string Error)> RunAsync(byte[] input, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(output, error, new MemoryStream(input), Clock, Environment, false);
        var code = await RecorderProgram.RunAsync(args, context, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
