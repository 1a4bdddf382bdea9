using System.Text.Json;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.CpuSetDialects;

/// <summary>One case of shared/data/cpulists: what a peer's own parser did with a list.</summary>
public sealed record PeerCase(string Id, string Peer, string Input, bool Ok, string? Set, JsonElement Context)
{
    /// <summary>Every case that has one input; those of libvirt-bitmap-op have two.</summary>
    public static IEnumerable<PeerCase> All() =>
        from line in Lines()
        where line.TryGetProperty("input", out _)
        select new PeerCase(
            Text(line, "id"), Text(line, "dialect"), Text(line, "input"), line.GetProperty("ok").GetBoolean(),
            line.TryGetProperty("set", out var set) ? set.GetString() : null,
            line.TryGetProperty("context", out var context) ? context : default);

    /// <summary>The cases as JSON, in file order; none where the shared data is absent.</summary>
    public static IEnumerable<JsonElement> Lines() =>
        SharedData.TryFind("cpulists", "cases.jsonl") is { } path
            ? File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            : [];

    /// <summary>What --dialect says for this peer.</summary>
    public string Dialect => Peer switch
    {
        "kernel-list" => "kernel",
        "virsh-vcpupin" => "virsh",
        "taskset-list" => "taskset",
        "numactl-cpus" => "numactl",
        "xl-cpus" => "xl",
        _ when Peer.StartsWith("libvirt-", StringComparison.Ordinal) => "libvirt",
        _ => Peer,
    };

    /// <summary>
    /// What --cpus and --cell say: the width of the peer's mask, or its CPUs (numactl-nodes: its nodes).
    /// </summary>
    public CpuSetContext Machine()
    {
        if (Context.ValueKind != JsonValueKind.Object)
        {
            return CpuSetContext.Unknown;
        }

        foreach (var width in (string[])["nbits", "maxcpu", "ncpus", "size"])
        {
            if (Context.TryGetProperty(width, out var bits))
            {
                return CpuSetContext.Unknown with { Universe = CpuSet.Range(0, bits.GetInt32() - 1) };
            }
        }

        var universe = CpuSet.Parse(Text(Context, Dialect == "numactl-nodes" ? "nodes" : "cpus"));
        return new CpuSetContext(universe, Dialect == "xl" ? Cells() : CpuSetContext.Unknown.Cells);
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private Dictionary<int, CpuSet> Cells() => Context.GetProperty("nodes").EnumerateObject()
        .ToDictionary(node => int.Parse(node.Name, null), node => CpuSet.Parse(node.Value.GetString() ?? ""));
}
