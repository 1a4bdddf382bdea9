using System.Text;
using CsCheck;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.TopologyXml;

/// <summary>What is printed as XML reads back as the same topology, cells inside cells too.</summary>
public sealed class TopologyRoundTripTests
{
    // The proposal of 2007: cells inside a cell, sizes as attributes.
    private const string Proposed = """
        <topology>
          <cells num="2">
            <cell id="0">
              <cells num="2">
                <cell id="0"><cpus num="2"><cpu id="0"/><cpu id="1"/></cpus><memory size="2097152"/></cell>
                <cell id="1"><memory size='2097152'/><cpus num="2"><cpu id="3"/><cpu id="2"/></cpus></cell>
              </cells>
            </cell>
            <cell id="1">
              <cells num="1"><cell id="2"><cpus num="0"/><memory size="4" unit="GiB"/></cell></cells>
            </cell>
          </cells>
        </topology>
        """;

    private static readonly Gen<string?> Group =
        Gen.Int[0, 2].Array[0, 4].Select(path => path.Length == 0 ? null : string.Join('/', path));

    [Fact]
    public void What_is_printed_reads_back_as_the_same_topology() =>
        Gen.Select(GensTopology.Any, Group.Array[5], Sayable)
            .Sample(topology => TopologyDiff.Between(topology, Read(Print(topology))).Count == 0);

    [Fact]
    public void What_is_printed_once_is_printed_the_same_again() =>
        Gen.Select(GensTopology.Any, Group.Array[5], Sayable)
            .Sample(topology => Print(Read(Print(topology))) == Print(topology));

    [Fact]
    public void The_proposal_of_2007_is_printed_as_libvirt_would() =>
        Snapshot.Matches(Print(Read(Proposed)), extension: "xml");

    [Fact]
    public void A_group_of_the_same_number_as_a_cell_is_no_such_cell()
    {
        var cells = Read(Proposed).Cells!;

        Assert.Equal(["0 in 0", "1 in 0", "2 in 1"], cells.Select(cell => $"{cell.Id} in {cell.Group}"));
    }

    // What the form cannot say: masks, devices, memory that moves, pools of unknown size, CPUs outside of cells.
    private static HostTopology Sayable(HostTopology any, string?[] groups)
    {
        var cells = (any.Cells ?? []).Select((cell, i) => new Cell(
            cell.Id,
            cell.Cpus,
            MemoryKiB: cell.MemoryKiB,
            Pages: cell.Pages?.Where(pool => pool.Total is not null).ToList() is { Count: > 0 } pools ? pools : null,
            Distances: cell.Distances is { Count: > 0 } distances ? distances : null,
            Group: groups[i])).ToList();
        var placed = cells.Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus ?? CpuSet.Empty));
        var known = (any.CpuInfo ?? []).ToDictionary(cpu => cpu.Id);
        return HostTopology.Of(new CpuMasks(), cells, placed.Members().Select(id => known.TryGetValue(id, out var cpu)
            ? new CpuInfo(id, cpu.Socket, cpu.Die, cpu.Cluster, cpu.Core, cpu.Siblings?.Union(CpuSet.Of(id)))
            : new CpuInfo(id)));
    }

    private static string Print(HostTopology topology)
    {
        using var text = new StringWriter();
        TopologyPrinter.Write(text, topology);
        return text.ToString();
    }

    private static HostTopology Read(string xml)
    {
        var reading = TopologyDocuments.Parse(Encoding.UTF8.GetBytes(xml));
        Assert.Empty(reading.Problems);
        return reading.Topology!;
    }
}
