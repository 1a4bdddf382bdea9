using NumaHistory.Schema.Formats.Processes;

namespace NumaHistory.Tests.Formats.Processes;

public sealed class QemuCommandLineTests
{
    [Theory]
    [InlineData("kvm -id 101 -name web02,debug-threads=on -uuid 5D0C3F8E-0000-4000-8000-00000000000A -m 4096", "web02", "5d0c3f8e-0000-4000-8000-00000000000a", 4194304L)]
    [InlineData("qemu-system-x86_64 -name guest=a,,b,debug-threads=on -m size=2G,slots=4", "a,b", null, 2097152L)]
    [InlineData("qemu-system-x86_64 --name debug-threads=on -m 512M", null, null, 524288L)]
    [InlineData("qemu-kvm -name", null, null, null)]
    public void A_command_line_says_who_the_guest_is(string words, string? name, string? uuid, long? memory)
    {
        var line = QemuCommandLine.Parse(words.Replace(' ', '\0') + "\0");

        Assert.Equal((name, uuid, memory), (line.Name, line.Uuid, line.MemoryKiB));
    }

    [Theory]
    [InlineData("CPU 12/KVM\n", 12)]
    [InlineData("CPU 0/TCG\n", 0)]
    [InlineData("IO mon_iothread\n", null)]
    [InlineData("CPU x/KVM", null)]
    public void A_vcpu_is_told_by_its_threads_name(string comm, int? vcpu) => Assert.Equal(vcpu, QemuThread.Vcpu(comm));

    [Theory]
    [InlineData("0::/qemu.slice/101.scope\n", "", "proxmox")]
    [InlineData("0::/kubepods.slice/kubepods-pod1.slice/x.scope\n", "", "kubevirt")]
    [InlineData("0::/user.slice\n", "-chardev\0socket,path=/var/run/qemu-server/101.qmp", "proxmox")]
    [InlineData("0::/user.slice\n", "", null)]
    public void Whoever_manages_it_is_told_by_its_place(string cgroup, string words, string? manager) =>
        Assert.Equal(manager, ProcessManager.Of(cgroup, words));
}
