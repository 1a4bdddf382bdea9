using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;

namespace NumaHistory.Tests.Recorder.Sampling;

public sealed class KeptMemoryTests : IDisposable
{
    private const string Meminfo = "sys/devices/system/node/node0/meminfo";

    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TreeFolder _tree = new();
    private readonly KeptMemory _memory;

    public KeptMemoryTests()
    {
        _memory = new KeptMemory(_tree.Root);
        _tree.Write(Meminfo, "Node 0 MemTotal: 1000 kB\nNode 0 MemFree: 100 kB\n");
        _tree.Write("sys/devices/system/cpu/online", "0-7\n");
    }

    public void Dispose()
    {
        _memory.Close();
        _tree.Dispose();
    }

    [Fact]
    public void A_sample_has_whole_milliseconds()
    {
        var sample = _memory.Read(Noon.AddTicks(12_345));

        Assert.Equal(Noon.AddMilliseconds(1), sample.At);
        Assert.Equal(100, sample.Cells[0].FreeKiB);
    }

    [Fact]
    public void A_moved_total_asks_for_a_look_until_the_files_are_opened_again()
    {
        _memory.Read(Noon);
        var steady = _memory.HasChanged();
        _tree.Write(Meminfo, "Node 0 MemTotal: 900 kB\nNode 0 MemFree: 100 kB\n");
        _memory.Read(Noon);
        var moved = (_memory.HasChanged(), _memory.HasChanged());

        _memory.Reopen();

        Assert.Equal((false, (true, true), false), (steady, moved, _memory.HasChanged()));
    }

    [Fact]
    public void A_cpu_that_goes_offline_asks_for_a_look()
    {
        _memory.Reopen();

        _tree.Write("sys/devices/system/cpu/online", "0-6\n");

        Assert.True(_memory.HasChanged());
    }

    [Fact]
    public void A_host_of_which_nothing_can_be_read_is_a_failed_source()
    {
        _tree.Write(Meminfo, "");

        var refusal = Assert.Throws<SourceUnusableException>(() => _memory.Read(Noon));

        Assert.Contains($"{Meminfo}: is empty", refusal.Message, StringComparison.Ordinal);
    }
}
