using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

public sealed class LibvirtFactsTests
{
    [Fact]
    public void A_map_has_a_bit_for_each_CPU() =>
        Gen.Int[0, 300].HashSet[0, 40].Sample(cpus =>
        {
            var map = new byte[CpuMap.Length(301)];
            foreach (var cpu in cpus)
            {
                map[cpu / 8] |= (byte)(1 << (cpu % 8));
            }

            Assert.Equal(CpuSet.Of(cpus), CpuMap.Read(map));
        });

    [Fact]
    public void A_map_of_sixty_four_CPUs_and_more_is_read_whole() =>
        Assert.Equal("0-127", CpuMap.Read(Enumerable.Repeat((byte)0xFF, 16).ToArray()).ToString());

    [Fact]
    public void An_offline_CPU_keeps_nothing_but_its_number_and_its_cell()
    {
        var topology = HostTopology.Of(
            new CpuMasks(),
            [new Cell(0, CpuSet.Parse("0-1")), new Cell(1, CpuSet.Parse("2-3"))],
            [
                new CpuInfo(0, 0, Core: 0), new CpuInfo(1, 0, Core: 1), new CpuInfo(2, 1, Core: 0),
                new CpuInfo(3, 0, Core: 0, Siblings: CpuSet.Of(3)),
            ]);
        var problems = new List<Problem>();

        var seen = new CpuPresence(4, CpuSet.Parse("0-2")).Applied(topology, "capabilities.xml", problems);

        Assert.Equal(("0-2", "2"), ($"{seen.Cpus.Online}", $"{seen.Cells![1].OnlineCpus}"));
        Assert.Equal("2-3", $"{seen.Cells[1].Cpus}");
        Assert.Equal(new CpuInfo(3), seen.CpuInfo![3]);
        Assert.Equal(1, seen.CpuInfo[2].Socket);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(4096UL, 4L)]
    [InlineData(0UL, 0L)]
    [InlineData(ulong.MaxValue, null)]
    [InlineData(18446744073709550592UL, null)]
    public void Free_memory_of_18014398509481983_KiB_is_not_known(ulong bytes, long? free) =>
        Assert.Equal(free, CellMemoryFacts.Of(new Cell(0), [bytes], null).FreeKiB);

    [Fact]
    public void A_cell_beyond_those_that_answered_has_no_free_memory_that_is_known() =>
        Assert.Null(CellMemoryFacts.Of(new Cell(3), [1, 2, 3], null).FreeKiB);

    [Fact]
    public void Free_pages_are_told_of_the_sizes_that_a_cell_has()
    {
        var cell = new Cell(1, Pages: [new PagePool(2048, 10)]);

        var free = CellMemoryFacts.Pages(cell, [2048, 1048576], [7, 9]);

        Assert.Equal([new FreePages(2048, 7)], free);
        Assert.Equal([null], CellMemoryFacts.Pages(cell, [2048], default).Select(pages => pages.Free));
    }

    [Theory]
    [InlineData(3, 12, "paused", "post-copy")]
    [InlineData(3, 13, "paused", "post-copy failed")]
    [InlineData(5, 4, "shut off", "migrated")]
    [InlineData(1, 0, "running", null)]
    [InlineData(42, 1, null, null)]
    public void States_have_the_words_of_virsh(int state, int reason, string? word, string? why) =>
        Assert.Equal((word, why), (DomainWords.State(state), DomainWords.Reason(state, reason)));

    [Fact]
    public void A_host_that_cannot_be_reached_is_left_alone_for_longer_each_time()
    {
        var clock = new FakeTimeProvider();
        var backoff = new Backoff(clock);

        var pauses = Enumerable.Range(0, 7).Select(_ =>
        {
            backoff.Failed();
            return backoff.Left.TotalSeconds;
        }).ToList();
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([1, 2, 4, 8, 10, 10, 10], pauses);
        Assert.Equal(TimeSpan.Zero, backoff.Left);
    }

    [Fact]
    public void The_firmware_names_the_machine_and_its_BIOS()
    {
        var xml = Encoding.UTF8.GetBytes(
            "<sysinfo type='smbios'><bios><entry name='version'>2.61</entry></bios>"
            + "<system><entry name='uuid'>EE6C88D8-4DAE-43EC-92F8-2D726F1F6D4A</entry></system></sysinfo>");

        Assert.Equal(("ee6c88d8-4dae-43ec-92f8-2d726f1f6d4a", "2.61"), SysinfoXml.Read(xml));
        Assert.Equal((null, null), SysinfoXml.Read("<sysinfo>"u8.ToArray()));
    }
}
