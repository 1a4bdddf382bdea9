using NumaHistory.Schema.Formats.XlConfig;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Formats.DomainXml;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.XlConfig;

/// <summary>Pinnings as xl.cfg(5) has them.</summary>
public sealed class XlConfigPrinterTests
{
    [Fact]
    public void Every_vcpu_has_its_list_and_every_guest_cell_its_host_cell() => Snapshot.Matches(Printed(PrintedGuests.Whole));

    [Fact]
    public void One_list_for_all_is_one_string()
    {
        var pins = Enumerable.Range(0, 2).Select(vcpu => new VcpuPin(vcpu, Some.Cpus("2-3"))).ToList();

        Assert.Equal("name = \"a\"\nvcpus = 2\ncpus = \"2-3\"\n", Printed(new GuestPins("a", Vcpus: new GuestVcpus(2, 2), Pins: pins)));
        Assert.Equal("name = \"a\"\ncpus = \"0-3\"\n", Printed(new GuestPins("a", Cpus: Some.Cpus("0-3"))));
    }

    [Fact]
    public void A_guest_that_may_run_anywhere_has_no_list() =>
        Assert.Equal("name = \"a\"\nvcpus = 2\nmemory = 1\n", Printed(new GuestPins("a", Vcpus: new GuestVcpus(2, 2), MemoryKiB: 1000)));

    [Fact]
    public void Soft_affinity_stands_beside_the_hard_one() => Assert.Equal(
        "name = \"a\"\nvcpus = 1\nmaxvcpus = 2\nmemory = 512\nmaxmem = 1024\ncpus = [\"2-3\", \"all\"]\ncpus_soft = [\"all\", \"3\"]\n",
        Printed(new GuestPins(
            "a",
            Vcpus: new GuestVcpus(2, 1),
            MemoryKiB: 1_048_576,
            CurrentMemoryKiB: 524_288,
            Pins: [new VcpuPin(0, Some.Cpus("2-3")), new VcpuPin(1, null, Some.Cpus("3"))])));

    [Fact]
    public void Bound_cells_are_a_soft_affinity_that_Xen_takes_memory_by() => Assert.Equal(
        "name = \"a\"\nvcpus = 1\ncpus_soft = \"nodes:0-1,node:3\"\n",
        Printed(new GuestPins("a", Vcpus: new GuestVcpus(1, 1), Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus("0-1,3")))));

    [Fact]
    public void Guest_cells_that_xl_cannot_say_are_a_comment()
    {
        var cells = new[] { new GuestCell(0, CpuSet.Of(0), 1024, MemoryMode.Strict, Some.Cpus("0-1")) };

        Assert.Contains("\n# vnuma: ", Printed(new GuestPins("a", Vcpus: new GuestVcpus(1, 1), GuestCells: cells)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it's", "name = \"it's\"\n")]
    [InlineData("a\"b", "name = 'a\"b'\n")]
    [InlineData("a\"b'", "")]
    [InlineData("a\ncpus=\"1\"", "")]
    public void A_foreign_name_cannot_leave_its_quotes(string name, string text) => Assert.Equal(text, Printed(new GuestPins(name)));

    private static string Printed(GuestPins guest)
    {
        var text = new StringWriter();
        XlConfigPrinter.Write(text, guest);
        return text.ToString();
    }
}
