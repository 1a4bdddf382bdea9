using System.Text;
using NumaHistory.Schema.Formats.TopologyXml;

namespace NumaHistory.Tests.Formats.TopologyXml;

/// <summary>
/// libvirt lists an offline CPU on socket 0, core 0, as its own only sibling. Where the document contradicts that, the
/// place is not believed.
/// </summary>
public sealed class OfflineCpusTests
{
    private const string FirstCell = "<cpu id='0' socket_id='0' die_id='0' core_id='0' siblings='0-1'/>"
        + "<cpu id='1' socket_id='0' die_id='0' core_id='0' siblings='0-1'/>";

    private const string SecondCell = "<cpu id='2' socket_id='1' die_id='0' core_id='0' siblings='2-3'/>"
        + "<cpu id='3' socket_id='1' die_id='0' core_id='0' siblings='2-3'/>";

    [Fact]
    public void A_CPU_on_another_socket_than_all_of_its_cell_is_not_believed()
    {
        var reading = Read(FirstCell, SecondCell + MadeUp(5));

        Assert.Equal("0/0 0/0 1/0 1/0 ?", Places(reading));
        Assert.Equal(
            "<cells> lists CPUs 5 as libvirt lists offline ones: where they are is not known",
            Assert.Single(reading.Problems).What);
        Assert.Equal("2-3,5", $"{reading.Topology!.Cells![1].Cpus}");
    }

    [Fact]
    public void A_CPU_that_claims_a_core_whose_threads_do_not_know_it_is_not_believed() =>
        Assert.Equal("0/0 0/0 1/0 1/0 ?", Places(Read(FirstCell + MadeUp(4), SecondCell)));

    [Fact]
    public void A_CPU_without_a_cache_is_not_believed_where_all_others_have_one()
    {
        var cell = Single(0, 0, 0) + Single(1, 0, 1) + Single(2, 0, 0);

        Assert.Equal("0/0 0/1 ?", Places(Read(cell, "", "<cache><bank id='0' level='3' cpus='0-1'/></cache>")));
        Assert.Equal("0/0 0/1 0/0", Places(Read(cell, "")));
    }

    [Fact]
    public void The_first_core_of_a_machine_without_SMT_is_believed() =>
        Assert.Equal(
            "0/0 0/1 1/0 1/1",
            Places(Read(
                Single(0, 0, 0) + Single(1, 0, 1),
                Single(2, 1, 0) + Single(3, 1, 1),
                "<cache><bank id='0' level='3' cpus='0-1'/><bank id='1' level='3' cpus='2-3'/></cache>")));

    private static string MadeUp(int id) => Single(id, 0, 0);

    private static string Single(int id, int socket, int core) =>
        $"<cpu id='{id}' socket_id='{socket}' die_id='0' core_id='{core}' siblings='{id}'/>";

    private static string Places(TopologyReading reading) => string.Join(
        ' ', reading.Topology!.CpuInfo!.Select(cpu => cpu.Socket is null ? "?" : $"{cpu.Socket}/{cpu.Core}"));

    private static TopologyReading Read(string first, string second, string caches = "") =>
        TopologyDocuments.Parse(Encoding.UTF8.GetBytes(
            $"<capabilities><host><topology><cells><cell id='0'><cpus>{first}</cpus></cell>"
            + $"<cell id='1'><cpus>{second}</cpus></cell></cells></topology>{caches}</host></capabilities>"));
}
