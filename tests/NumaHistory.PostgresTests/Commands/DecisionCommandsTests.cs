using System.Text.Json;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Commands;

/// <summary>decide, release, move and the import of domain XML as they are typed, and what fit says of it.</summary>
public sealed class DecisionCommandsTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Guest = "<domain><name>imported</name><memory unit='MiB'>200</memory><vcpu>1</vcpu><cputune><vcpupin vcpu='0' cpuset='4'/></cputune><numatune><memory mode='strict' nodeset='2'/></numatune></domain>";

    [Fact]
    public async Task Every_reason_against_a_decision_is_a_line_and_the_exit_code_is_no()
    {
        await HostAsync("h1");
        await Typed("decide --guest a --host h1 --pin 0=2 --exclusive --by ops --why first");

        var (code, _, error) = await Typed("decide --guest b --host h1 --pin 0=2,99 --memory-cells 9 --exclusive --by ops --why second");

        Assert.Equal(ExitCode.No, code);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("numa-recorder: h1 has no CPU 99; it has 0-7", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("numa-recorder: h1 has no cell 9; it has 0-2", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("numa-recorder: CPU 2 of h1 is taken: a has it alone, decided by ops", lines[2], StringComparison.Ordinal);
        Assert.Equal("hint: --force records it all the same", lines[3]);
    }

    [Theory]
    [InlineData("decide --guest told --host told --pin 0=2", "pinning.decided", "2026-11-01T10:10:00Z")]
    [InlineData("release --guest told", "pinning.released", "2026-11-01T10:20:00Z")]
    public async Task What_was_recorded_is_told_as_json_for_programs(string line, string type, string at)
    {
        await HostAsync("told");
        await Typed("decide --guest told --host told --pin 0=1 --by ops --why before --at 2026-11-01T10:00Z");

        var (code, output, error) = await Typed($"{line} --by ops --why room --at {at} -o json -q");

        Assert.True(code == ExitCode.Yes, error);
        var envelope = JsonDocument.Parse(output).RootElement;
        var item = Assert.Single(envelope.GetProperty("items").EnumerateArray());
        Assert.Equal("History", envelope.GetProperty("kind").GetString());
        Assert.Equal((type, "told", "ops", "room", at), (Word("type"), Word("host"), Word("who"), Word("why"), Word("observedAt")));
        Assert.Equal("told", item.GetProperty("data").GetProperty("name").GetString());
        string? Word(string member) => item.GetProperty(member).GetString();
    }

    [Theory]
    [InlineData("decide --guest a --host h1 --by x --why y", "decide needs something to decide")]
    [InlineData("decide --guest a --host h1 --pin 2 --by x --why y", "--pin: '2' is not a number and a CPU list")]
    [InlineData("decide --guest a --host h1 --pin 0=2 --pin 0=3 --by x --why y", "--pin: 0 is given twice")]
    [InlineData("decide --guest a --host h1 --pin 0=3-1 --by x --why y", "--pin: '3-1' is no libvirt list")]
    [InlineData("decide --guest a --host h1 --pin 0=1 --memory 5 --by x --why y", "--memory: '5' has no unit")]
    [InlineData("decide --guest a --host h1 --pin 0=1 --memory-mode strict --by x --why y", "--memory-mode binds nothing by itself")]
    [InlineData("decide --guest a --host h1 --pin 0=1 --smt maybe --by x --why y", "--smt: 'maybe' is none of")]
    [InlineData("decide --guest a --host h1 --pin 0=1 --uuid 12 --by x --why y", "--uuid: '12' is not a UUID")]
    [InlineData("decide --guest a --pin 0=1 --by x --why y", "decide needs --host")]
    public async Task What_is_typed_wrong_is_named_before_anything_is_recorded(string line, string message)
    {
        var (code, output, error) = await Typed(line);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.StartsWith($"numa-recorder: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imported_guests_are_observed_pins_that_fit_until_the_host_changes()
    {
        await HostAsync("h2");
        await Typed("import - --format domain --host h2 --at 2026-11-01T09:30Z", Guest);
        var again = await Typed("import - --format domain --host h2 --at 2026-11-01T09:40Z", Guest);
        var before = (await store.AskAsync("fit imported -o json", Later)).Item();
        await Typed($"import {Tree("dynamic-2-node2-blocks-offline")} --host h2 --at 2026-11-01T11:00Z");

        var after = (await store.AskAsync("fit imported -o json", Later)).Item();
        var pins = (await store.AskAsync("pins h2/imported -o json", Later)).Item();

        Assert.Contains("nothing new", again.Error, StringComparison.Ordinal);
        Assert.Equal(("FITS", "DEGRADED"), (before.GetProperty("verdict").GetString(), after.GetProperty("verdict").GetString()));
        Assert.Contains(after.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "memory-shrunk");
        Assert.Equal(("h2", "observed", "2026-11-01T09:30:00Z"), (pins.GetProperty("host").GetString(), pins.GetProperty("origin").GetString(), pins.GetProperty("since").GetString()));
    }

    [Fact]
    public async Task A_guest_is_judged_on_another_host_before_it_moves_there()
    {
        await HostAsync("h3");
        await Typed($"import {Tree("sparse-1-nodes-0-1-3")} --host h4 --at 2026-11-01T09:00Z");
        await Typed("decide --guest mover --host h3 --pin 0=6 --memory-cells 2 --memory 100MiB --by ops --why here --at 2026-11-01T09:10Z");

        var there = await store.AskAsync("fit mover --host h4 -o json", Later);
        var unknown = await store.AskAsync("fit mover --host h9", Later);

        Assert.Equal((1, "migrate-in", "BROKEN"), (there.Code, there.Item().GetProperty("situation").GetString(), there.Item().GetProperty("verdict").GetString()));
        Assert.Equal(4, unknown.Code);
    }

    [Fact]
    public async Task Domain_XML_names_no_host_so_the_command_has_to()
    {
        var (code, _, error) = await Typed("import - --format domain", Guest);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--host", error, StringComparison.Ordinal);
    }

    private static string Tree(string host) => Repository.At("tests", "Hosts", host, "tree.tar.gz");

    private static DateTimeOffset Later => new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private async Task HostAsync(string name) =>
        Assert.Equal(ExitCode.Yes, (await Typed($"import {Tree("dynamic-0-boot")} --host {name} --at 2026-11-01T09:00Z")).Code);

    private async Task<(ExitCode Code, string Out, string Error)> Typed(string line, string input = "")
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output,
            error,
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            TimeProvider.System,
            name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null,
            false);
        var code = await RecorderProgram.RunAsync(line.Split(' '), context, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
