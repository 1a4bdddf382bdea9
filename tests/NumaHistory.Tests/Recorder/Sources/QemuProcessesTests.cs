using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Sources.Processes;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Recorder.Sampling;

namespace NumaHistory.Tests.Recorder.Sources;

public sealed class QemuProcessesTests : IDisposable
{
    private readonly SmallTree _tree = new();

    [Fact]
    public async Task A_pinned_qemu_that_libvirt_does_not_list_is_a_guest()
    {
        Process(100, "kvm", "kvm -id 101 -name web02,debug-threads=on -m 64", "0-3", "0", "0::/qemu.slice/101.scope\n");
        Thread(100, 101, "CPU 0/KVM", "1");
        Thread(100, 102, "CPU 1/KVM", "2-3");
        Thread(100, 103, "worker", "0");

        var seen = await new ProcessesSource(new SysfsSource(_tree.Root, "h1", TimeProvider.System), _tree.Root).ReadAsync(TestContext.Current.CancellationToken);

        var guest = Assert.Single(seen.Guests!);
        Assert.Equal(("web02", "running", PinLayer.Live, "proxmox", 65536L), (guest.Guest, guest.State, guest.Layer, guest.ManagedBy, guest.MemoryKiB));
        Assert.Equal([new VcpuPin(0, CpuSet.Of(1)), new VcpuPin(1, CpuSet.Of(2, 3))], guest.Pins);
        Assert.Equal("0", guest.Memory!.Cells!.ToString());
        Assert.Equal(2, guest.Effective!.Pins.Count);
        Assert.True(seen.IsEveryGuest);
    }

    [Fact]
    public void What_libvirt_started_what_is_free_and_what_is_no_qemu_is_left_out()
    {
        Process(100, "qemu-system-x86", "qemu -name a", "0", "0-1", "");
        Process(200, "qemu-system-x86", "qemu -name b", "0-3", "0-1", "");
        Process(300, "bash", "bash", "0", "0", "");
        Process(400, "qemu-system-x86", "qemu -name c", "0", "0-1", "0::/machine.slice/machine-qemu\\x2d1\\x2dc.scope\n");
        _tree.Write("proc/500/comm", "kvm\n");
        _tree.Write("run/libvirt/qemu/a.pid", "100\n");

        Assert.Empty(new QemuProcesses(_tree.Root).Read(CpuSet.Of(0, 1, 2, 3), CpuSet.Of(0, 1)));
    }

    [Fact]
    public async Task Between_two_whole_looks_a_process_that_ended_came_or_was_pinned_anew_is_seen()
    {
        Process(100, "kvm", "kvm -name one", "0", "0", "");
        Process(300, "bash", "bash", "0", "0", "");
        var source = new ProcessesSource(new SysfsSource(_tree.Root, "h1", TimeProvider.System), _tree.Root);
        Assert.Null(source.LookAtGuests());
        var first = Assert.Single((await source.ReadAsync(TestContext.Current.CancellationToken)).Guests!);

        Assert.Same(first, Assert.Single(source.LookAtGuests()!.Guests!));
        Process(100, "kvm", "kvm -name one", "1", "0", "");
        Process(400, "qemu-system-x86", "qemu -name two", "2", "0", "");
        Assert.Equal(["one on 1", "two on 2"], source.LookAtGuests()!.Guests!.Select(guest => $"{guest.Guest} on {guest.Cpus}"));
        Directory.Delete(Path.Combine(_tree.Root, "proc/100"), recursive: true);
        var left = source.LookAtGuests()!;
        Assert.Equal(["two"], left.Guests!.Select(guest => guest.Guest));
        Assert.True(left.IsEveryGuest);
    }

    [Fact]
    public void A_process_that_became_QEMU_after_it_was_first_seen_is_found_and_one_seen_twice_is_not_asked_again()
    {
        var asked = new List<int>();
        var name = "sh";
        var others = new OtherPrograms();
        IReadOnlyList<int> Look(bool anew = false) => others.LeaveOut([7, 8], pid => { asked.Add(pid); return pid == 7 ? name : "bash"; }, anew);
        Assert.Empty(Look());
        name = "qemu-system-x86";
        Assert.Equal([7], Look());
        asked.Clear();

        Assert.Equal([7], Look());
        Assert.Equal([7], asked);
        Look(anew: true);
        Assert.Equal([7, 7, 8], asked);
    }

    public void Dispose() => _tree.Dispose();

    private void Process(int pid, string comm, string words, string cpus, string cells, string cgroup)
    {
        _tree.Write($"proc/{pid}/comm", comm + "\n");
        _tree.Write($"proc/{pid}/cmdline", words.Replace(' ', '\0') + "\0");
        _tree.Write($"proc/{pid}/status", Status(cpus, cells));
        _tree.Write($"proc/{pid}/cgroup", cgroup);
        Thread(pid, pid, comm, cpus);
    }

    private void Thread(int pid, int thread, string comm, string cpus)
    {
        _tree.Write($"proc/{pid}/task/{thread}/comm", comm + "\n");
        _tree.Write($"proc/{pid}/task/{thread}/status", Status(cpus, "0-1"));
    }

    private static string Status(string cpus, string cells) => $"Name:\tx\nCpus_allowed_list:\t{cpus}\nMems_allowed_list:\t{cells}\n";
}
