using System.Text.Json;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Commands;

/// <summary>fit --repair without a store: what is shown, what is printed alone, and what is refused.</summary>
public sealed class FitRepairTests
{
    private const string Guest = """
        <domain type='kvm'><name>web02</name><uuid>f3a1c0de-0000-4000-8000-000000000002</uuid><memory unit='MiB'>500</memory><vcpu>2</vcpu>
        <cputune><vcpupin vcpu='0' cpuset='2'/><vcpupin vcpu='1' cpuset='3'/></cputune>
        <numatune><memory mode='strict' nodeset='1'/></numatune></domain>
        """;

    private const string Managed = """<metadata><nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1"/></metadata>""";

    private const string Problem = """
        {"id":7,"guest":{"guest":"a","pins":[{"vcpu":0,"cpus":"5"}]},"host":{"name":"h","topology":{"cells":[{"id":0,"cpus":"0-1"}]}}}
        {"id":8,"guest":{"guest":"a","pins":[{"vcpu":0,"cpus":"1"}]},"host":{"name":"h","topology":{"cells":[{"id":0,"cpus":"0-1"}]}}}
        """;

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("virsh")]
    [InlineData("xl")]
    public async Task A_plan_is_shown_whole_or_only_what_is_to_be_used(string format)
    {
        var seen = await RunAsync(Guest, format);

        Assert.Equal((1, ""), (seen.Code, seen.Err));
        Snapshot.Matches(seen.Out, format, format == "xml" ? "xml" : "txt");
    }

    [Fact]
    public async Task The_proposed_domain_fits_when_it_is_judged_itself()
    {
        var proposed = await RunAsync(Guest, "xml");

        var seen = await Shell.RunAsync(["fit", "--domain", "-", "--topology", RecordedHost.Archive("dynamic-1-node1-cpus-offline")], proposed.Out);

        Assert.Equal(0, seen.Code);
    }

    [Fact]
    public async Task JSON_has_the_plan_beside_the_report()
    {
        var seen = await RunAsync(Guest, "jsonl");

        using var json = JsonDocument.Parse(seen.Out);
        var plan = json.RootElement.GetProperty("repair").GetProperty("plan");
        Assert.Equal("BROKEN", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("FITS", plan.GetProperty("verdict").GetString());
        Assert.Equal(512_000, plan.GetProperty("movesKiB").GetInt64());
        Assert.Equal("4", plan.GetProperty("proposed").GetProperty("pins")[0].GetProperty("cpus").GetString());
    }

    [Fact]
    public async Task A_guest_that_somebody_manages_is_told_the_managers_way_and_gets_no_virsh_lines()
    {
        var managed = Guest.Replace("<memory ", Managed + "<memory ", StringComparison.Ordinal);

        var table = await RunAsync(managed, "table");
        var virsh = await RunAsync(managed, "virsh");

        Snapshot.Matches(table.Out);
        Assert.DoesNotContain("virsh", table.Out, StringComparison.Ordinal);
        Assert.Equal((2, ""), (virsh.Code, virsh.Out));
        Assert.StartsWith("numa-history: -o virsh: web02 is managed by nova, which would undo what virsh does", virsh.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fits_or_cannot_be_repaired_prints_nothing_and_says_why()
    {
        var fits = await RunAsync(Guest, "virsh", "dynamic-0-boot");
        var hopeless = await RunAsync(Guest.Replace(">500<", ">50000<", StringComparison.Ordinal), "xl");

        Assert.Equal((0, ""), (fits.Code, fits.Out));
        Assert.Equal("note: web02: it fits; there is nothing to repair\n", fits.Err);
        Assert.Equal((1, ""), (hopeless.Code, hopeless.Out));
        Assert.Contains("no other pinning on", hopeless.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_get_a_repair_when_it_is_asked_for()
    {
        var plain = await Shell.RunAsync(["fit", "--problem", "-"], Problem);
        var repaired = await Shell.RunAsync(["fit", "--problem", "-", "--repair"], Problem);

        Assert.DoesNotContain("\"repair\":{", plain.Out, StringComparison.Ordinal);
        var answers = repaired.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal((1, 2), (repaired.Code, answers.Count));
        Assert.Equal("0", answers[0].GetProperty("repair").GetProperty("plan").GetProperty("moves")[0].GetProperty("to").GetString());
        Assert.Equal("it fits; there is nothing to repair", answers[1].GetProperty("repair").GetProperty("why").GetString());
    }

    [Theory]
    [InlineData("-o virsh is of a proposed pinning and goes with --repair", "fit -o virsh")]
    [InlineData("-o xml is of a proposed pinning and goes with --repair", "fit --domain - -o xml")]
    [InlineData("-o xl: answers to --problem are JSON Lines", "fit --problem - --repair -o xl")]
    [InlineData("-o virsh: hosts proposes no pinning", "hosts -o virsh")]
    [InlineData("--repair is of one moment", "fit --replay --since -1d --repair")]
    public async Task What_does_not_go_together_is_refused(string message, string line)
    {
        var seen = await Shell.RunAsync(line.Split(' '), Guest);

        Assert.Equal((2, ""), (seen.Code, seen.Out));
        Assert.StartsWith($"numa-history: {message}", seen.Err, StringComparison.Ordinal);
    }

    private static Task<Shell.Outcome> RunAsync(string domain, string format, string host = "dynamic-1-node1-cpus-offline") =>
        Shell.RunAsync(["fit", "--domain", "-", "--topology", RecordedHost.Archive(host), "--repair", "-o", format], domain);
}
