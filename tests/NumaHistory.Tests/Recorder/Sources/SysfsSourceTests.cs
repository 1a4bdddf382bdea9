using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Sources;

public sealed class SysfsSourceTests
{
    private static readonly FakeTimeProvider Clock = new(
        new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_567));

    [Fact]
    public async Task The_name_is_the_given_one_else_the_trees_else_the_folders()
    {
        using var folder = new TemporaryFolder();
        folder.Write("box/sys/devices/system/cpu/online", "0\n");

        Assert.Equal("given", (await ReadAsync(folder.At("box"), "given")).Host);
        Assert.Equal("box", (await ReadAsync(folder.At("box"), null)).Host);
        folder.Write("box/proc/sys/kernel/hostname", "h1.example.net\n");
        Assert.Equal("h1", (await ReadAsync(folder.At("box"), null)).Host);
    }

    [Fact]
    public async Task The_moment_has_whole_milliseconds_and_the_structure_its_text()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sys/devices/system/cpu/online", "0-3\n");
        folder.Write("sys/devices/system/node/node0/cpumap", "f\n");
        folder.Write("sys/devices/system/node/node0/meminfo", "Node 0 MemTotal: 10 kB\nNode 0 MemFree: 5 kB\n");

        var seen = await ReadAsync(folder.Path, "h");

        Assert.Equal(new DateTimeOffset(2026, 11, 1, 9, 0, 0, 123, TimeSpan.Zero), seen.ObservedAt);
        Assert.Equal("sysfs", seen.Source);
        Assert.Equal(
            ["sys/devices/system/cpu/online", "sys/devices/system/node/node0/cpumap"],
            seen.Raw!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("my box/sys/devices/system/cpu/online", "0\n");

        var refused = await Assert.ThrowsAsync<SourceUnusableException>(() => ReadAsync(folder.At("my box"), null));

        Assert.Contains("'my box' cannot name a host", refused.Message);
        Assert.Equal("give it a name with --host", refused.Hint);
    }

    [Fact]
    public async Task A_folder_without_sys_is_refused()
    {
        using var folder = new TemporaryFolder();

        var refused = await Assert.ThrowsAsync<SourceUnusableException>(() => ReadAsync(folder.Path, "h"));

        Assert.Contains("there is no folder sys/ in it", refused.Message);
    }

    [Fact]
    public async Task This_machine_reads_as_the_runtime_sees_it()
    {
        Assert.SkipUnless(Directory.Exists("/sys/devices/system/cpu"), "this machine has no sysfs");

        var seen = await ReadAsync("/", null);

        Assert.Null(seen.File);
        Assert.NotNull(seen.Architecture);
        Assert.True(seen.Topology!.Cpus.Online!.Count >= 1);
        Assert.True(seen.Memory!.Cells.Sum(cell => cell.TotalKiB) > 0);
    }

    private static Task<NumaHistory.Schema.Observing.Observation> ReadAsync(string root, string? host) =>
        new SysfsSource(root, host, Clock).ReadAsync(CancellationToken.None);
}
