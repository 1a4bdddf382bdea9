using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>What the kernel says of a guest's process, from files as they are on hosts with either cgroup version.</summary>
public sealed class GuestProcessesTests : IDisposable
{
    private static readonly EffectivePinning Said = new([new EffectivePin(0, Some.Cpus("4"))]);
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_first_version_counts_pages()
    {
        Process("4:memory:/machine/qemu-3-web02.libvirt-qemu\n3:cpuset:/machine/qemu-3-web02.libvirt-qemu/emulator\n5:hugetlb:/machine/qemu-3-web02.libvirt-qemu\n0::/x\n");
        Write("sys/fs/cgroup/memory/machine/qemu-3-web02.libvirt-qemu/memory.numa_stat", $"total={Pages(900)} N0={Pages(100)} N1={Pages(800)}\nfile=3 N0=3 N1=0\n");
        Write("sys/fs/cgroup/hugetlb/machine/qemu-3-web02.libvirt-qemu/hugetlb.2MB.numa_stat", "total=2097152 N0=0 N1=2097152\n");

        var read = new GuestProcesses(_root.Path).Read("web02", Said, null);

        Assert.Equal([new EffectiveMemory(0, 100), new EffectiveMemory(1, 800 + 2048)], read.Memory!);
        Assert.Equal(("6-7", "1"), (read.Emulator!.ToString(), read.MemoryCells!.ToString()));
        Assert.Equal(Said.Pins, read.Pins);
    }

    [Fact]
    public void The_second_version_counts_bytes_in_the_group_above_the_threads()
    {
        Process("0::/machine.slice/machine-qemu-3.scope/libvirt/emulator\n");
        Write("sys/fs/cgroup/machine.slice/machine-qemu-3.scope/memory.numa_stat", "anon N0=1048576 N1=3145728\nfile N0=0 N1=1048576\nkernel_stack N0=16384 N1=0\n");

        var read = new GuestProcesses(_root.Path).Read("web02", Said, null);

        Assert.Equal([new EffectiveMemory(0, 1024), new EffectiveMemory(1, 4096)], read.Memory!);
        Assert.Equal("0-1", read.MemoryCells!.ToString());
    }

    [Fact]
    public void Memory_that_moves_a_little_is_no_change_and_the_edge_does_not_flap()
    {
        Process("0::/g\n");
        var processes = new GuestProcesses(_root.Path);
        string Cells(int first) => $"anon N0={first * 1024} N1={(1000 - first) * 1024}\n";
        EffectivePinning Read(int first, EffectivePinning? before)
        {
            Write("sys/fs/cgroup/g/memory.numa_stat", Cells(first));
            return processes.Read("web02", Said, before);
        }

        var start = Read(70, null);
        var near = Read(50, start);
        var below = Read(0, near);
        var back = Read(61, below);

        Assert.Equal("0-1", start.MemoryCells!.ToString());
        Assert.Same(start, near);
        Assert.Equal("1", below.MemoryCells!.ToString());
        Assert.Same(below, back);
    }

    [Fact]
    public void Numa_maps_are_read_on_demand()
    {
        Process("0::/g\n");
        Write("proc/77/numa_maps", "7f00 default anon=3 N0=2 N1=1 kernelpagesize_kB=4\n7f10 bind:1 file=/x huge dirty=2 N1=2 kernelpagesize_kB=2048\n7f20 default\n");

        var read = new GuestProcesses(_root.Path, exactly: true).Read("web02", Said, null);

        Assert.Equal([new EffectiveMemory(0, 8), new EffectiveMemory(1, 4100)], read.Memory!);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("../web02")]
    public void A_guest_without_a_process_here_keeps_what_libvirt_said(string guest)
    {
        Process("0::/g\n");

        Assert.Same(Said, new GuestProcesses(_root.Path).Read(guest, Said, null));
    }

    private static long Pages(long kib) => kib * 1024 / Environment.SystemPageSize;

    private void Process(string cgroup)
    {
        Write("run/libvirt/qemu/web02.pid", "77\n");
        Write("proc/77/status", "Name:\tqemu\nCpus_allowed_list:\t6-7\nMems_allowed_list:\t0-1\n");
        Write("proc/77/cgroup", cgroup);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
