using System.Text;
using System.Text.Json;
using CsCheck;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.TopologyXml;

/// <summary>Topologies as XML, libvirt's and that of 2007, in both directions.</summary>
public sealed class TopologyDocumentsTests
{
    private const string Nested = """
        <topology>
          <cells num='2'>
            <cell id='0'>
              <cells num='2'>
                <cell id='1'><cpus num='2'><cpu id='0'/><cpu id='1'/></cpus><memory size='4194304'/></cell>
                <cell id='2'><cpus num='2'><cpu id='2'/><cpu id='3'/></cpus><memory size='4' unit='GiB'/></cell>
              </cells>
            </cell>
            <cell id='5'><cpus num='1'><cpu id='8'/></cpus></cell>
          </cells>
        </topology>
        """;

    [Fact]
    public void Every_shared_capabilities_document_agrees_with_its_JSON()
    {
        var files = Directory.GetFiles(SharedData.Require("capabilities"), "*.xml", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Rule.Holds(files.SelectMany(file => Differences(file, Path.ChangeExtension(file, ".json"))));
    }

    [Fact]
    public void The_capabilities_of_a_captured_host_agree_with_its_JSON()
    {
        var text = File.ReadAllText(SharedData.Require("captures", "libvirt-numa4", "capabilities.txt"));
        var xml = text[text.IndexOf("<capabilities>", StringComparison.Ordinal)..(text.IndexOf("</capabilities>", StringComparison.Ordinal) + 15)];
        using var expected = JsonDocument.Parse(File.ReadAllText(SharedData.Require("captures", "libvirt-numa4", "capabilities.json")));

        Rule.Holds(Differences(Read(xml), expected.RootElement));
    }

    [Fact]
    public void Cells_inside_cells_keep_the_path_of_their_groups()
    {
        var topology = Read(Nested).Topology!;

        Assert.Equal(["1 in 0: 0-1", "2 in 0: 2-3", "5 in : 8"], topology.Cells!.Select(cell => $"{cell.Id} in {cell.Group}: {cell.Cpus}"));
        Assert.Equal([4_194_304L, 4_194_304, null], topology.Cells!.Select(cell => cell.MemoryKiB));
        Assert.Null(topology.Cpus.Online);
    }

    [Fact]
    public void What_is_printed_reads_back_as_the_same_topology() => GensTopology.Any.Select(Gen.Int[0, 2].Array[1, 2].Array[5], (topology, groups) => Sayable(topology, groups))
        .Sample(topology => TopologyDiff.Between(topology, Read(Print(topology)).Topology!).Count == 0
            && Print(Read(Print(topology)).Topology!) == Print(topology));

    [Fact]
    public void The_printed_form_of_nested_cells_is_nested_again()
    {
        var printed = Print(Read(Nested).Topology!);

        Assert.Contains("<cell id='0'>\n      <cells num='2'>", printed, StringComparison.Ordinal);
        Assert.Equal(printed, Print(Read(printed).Topology!));
    }

    [Theory]
    [InlineData("<topology><cells num='2'><cell id='0'/><cell id='0'/></cells></topology>", "<cell> has the id 0, which another cell has too")]
    [InlineData("<capabilities><host/></capabilities>", "holds no <topology>")]
    [InlineData("<!DOCTYPE a><topology/>", "document type")]
    public void What_is_no_topology_is_refused_with_its_place(string xml, string why)
    {
        var refused = Read(xml).Refused!;

        Assert.Contains(why, refused.What, StringComparison.Ordinal);
        Assert.Equal(1, refused.Line);
    }

    // What the form cannot say: masks, devices, memory that moves, pools of unknown size, details of CPUs outside every cell.
    private static HostTopology Sayable(HostTopology any, int[][] groups)
    {
        var cells = (any.Cells ?? []).Select((cell, i) => new Cell(
            cell.Id,
            cell.Cpus,
            MemoryKiB: cell.MemoryKiB,
            Pages: cell.Pages?.Where(pool => pool.Total is not null).ToList() is { Count: > 0 } pools ? pools : null,
            Distances: cell.Distances is { Count: > 0 } distances ? distances : null,
            Group: i % 2 == 0 ? null : string.Join('/', groups[i]))).ToList();
        var placed = cells.Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus ?? CpuSet.Empty));
        var known = (any.CpuInfo ?? []).ToDictionary(cpu => cpu.Id);
        return HostTopology.Of(new CpuMasks(), cells, placed.Members().Select(id => known.TryGetValue(id, out var cpu)
            ? new CpuInfo(id, cpu.Socket, cpu.Die, cpu.Cluster, cpu.Core, cpu.Siblings is { IsEmpty: false } siblings ? siblings : null)
            : new CpuInfo(id)));
    }

    private static IEnumerable<string> Differences(string file, string expected)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(expected));
        var reading = TopologyDocuments.Parse(File.ReadAllBytes(file));
        var none = json.RootElement.GetProperty("cells").GetArrayLength() == 0;
        return none && reading.Refused is not null ? [] : [.. Differences(reading, json.RootElement).Select(text => $"{Path.GetFileName(file)}: {text}")];
    }

    private static IEnumerable<string> Differences(TopologyReading ours, JsonElement theirs)
    {
        if (ours.Topology is not { } topology)
        {
            return [ours.Refused!.ToString()];
        }

        return theirs.GetProperty("cells").EnumerateArray().Zip(topology.Cells!).SelectMany(pair => Differences(pair.First, pair.Second, topology))
            .Append(theirs.GetProperty("cells").GetArrayLength() == topology.Cells!.Count ? "" : "another number of cells")
            .Where(text => text.Length > 0);
    }

    private static IEnumerable<string> Differences(JsonElement theirs, Cell ours, HostTopology topology)
    {
        yield return Differ("id", theirs.GetProperty("id").ToString(), $"{ours.Id}");
        yield return Differ("cpus", Text(theirs, "cpus"), $"{ours.Cpus}");
        yield return Differ("memory", Text(theirs, "memory_kib"), $"{ours.MemoryKiB}");
        yield return Differ("distances", string.Concat(Text(theirs, "distances").Where(letter => !char.IsWhiteSpace(letter))), ours.Distances is null ? ""
            : $"{{{string.Join(',', ours.Distances.Select(to => $"\"{to.Cell}\":{to.Distance}"))}}}");
        var pages = theirs.TryGetProperty("pages", out var pools) && pools.ValueKind == JsonValueKind.Object
            ? string.Join(' ', pools.EnumerateObject().Skip(1).Select(pool => $"{pool.Name.Split('K')[0].Trim()}:{pool.Value}"))
            : "";
        yield return Differ("huge pages", pages, string.Join(' ', (ours.Pages ?? []).Select(pool => $"{pool.SizeKiB}:{pool.Total}")));
        foreach (var cpu in theirs.TryGetProperty("cpu", out var cpus) ? cpus.EnumerateArray() : default)
        {
            var info = topology.CpuInfo!.Single(other => other.Id == cpu.GetProperty("id").GetInt32());
            yield return Differ(
                $"cpu {info.Id}",
                $"{Text(cpu, "socket_id")}/{Text(cpu, "die_id")}/{Text(cpu, "cluster_id")}/{Text(cpu, "core_id")}/{Text(cpu, "siblings")}",
                $"{info.Socket}/{info.Die}/{info.Cluster}/{info.Core}/{info.Siblings}");
        }
    }

    private static string Differ(string what, string theirs, string ours) => theirs == ours ? "" : $"{what}: theirs {theirs}, ours {ours}";

    private static string Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";

    private static string Print(HostTopology topology)
    {
        using var text = new StringWriter();
        TopologyPrinter.Write(text, topology);
        return text.ToString();
    }

    private static TopologyReading Read(string xml) => TopologyDocuments.Parse(Encoding.UTF8.GetBytes(xml));
}
