using System.Text.Json;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.CpuSetDialects;

public sealed class PeerCasesTests
{
    public static TheoryData<string> Peers() =>
    [
        "kernel-list", "kernel-mask", "libvirt-vcpu", "libvirt-vcpupin", "libvirt-numatune", "libvirt-bitmap",
        "virsh-vcpupin", "taskset-list", "taskset-mask", "numactl-cpus", "numactl-nodes", "xl-cpus",
    ];

    [Theory]
    [MemberData(nameof(Peers))]
    public void Every_list_means_what_it_means_to_the_peer(string peer)
    {
        SharedData.Require("cpulists", "cases.jsonl");
        var cases = PeerCase.All().Where(one => one.Peer == peer).ToList();

        var wrong = cases.Select(Difference).OfType<string>().ToList();

        Assert.NotEmpty(cases);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_case_is_left_out()
    {
        SharedData.Require("cpulists", "cases.jsonl");

        var peers = PeerCase.All().Select(one => one.Peer).Distinct();

        Assert.Equal(Peers().Select(row => row.Data).Order(), peers.Order());
    }

    [Fact]
    public void Set_operations_agree_with_libvirts_bitmaps()
    {
        SharedData.Require("cpulists", "cases.jsonl");
        var operations = PeerCase.Lines().Where(line => line.TryGetProperty("op", out _)).ToList();

        var wrong = operations.Where(line => Result(line).ToString() != line.GetProperty("set").GetString())
            .Select(line => line.GetProperty("id").GetString()).ToList();

        Assert.NotEmpty(operations);
        Assert.Empty(wrong);
    }

    private static string? Difference(PeerCase one)
    {
        var answer = CpuSetDialect.Parse(one.Dialect, one.Input, one.Machine());
        return (one.Ok, answer) switch
        {
            (true, CpuSetAnswer.Parsed { Set: var set }) when set.ToString() == one.Set => null,
            (false, CpuSetAnswer.Refused) => null,
            _ => $"{one.Id}: '{one.Input}' is {(one.Ok ? one.Set : "refused")} there, {answer} here",
        };
    }

    private static CpuSet Result(JsonElement line)
    {
        var (a, b) = (Bitmap(line, "a"), Bitmap(line, "b"));
        return line.GetProperty("op").GetString() switch
        {
            "intersect" => a.Intersect(b),
            "subtract" => a.Except(b),
            "union" => a.Union(b),
            var other => throw new NotSupportedException(other),
        };
    }

    private static CpuSet Bitmap(JsonElement line, string side) =>
        Assert.IsType<CpuSetAnswer.Parsed>(LibvirtList.Bitmap(line.GetProperty(side).GetString() ?? "", 16384)).Set;
}
