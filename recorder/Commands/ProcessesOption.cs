using System.CommandLine;

namespace NumaHistory.Recorder.Commands;

/// <summary>--processes: QEMU without libvirt. Looking into other users' processes is only done where it is asked for.</summary>
internal static class ProcessesOption
{
    public static Option<bool> Create() => new("--processes")
    {
        Description = "QEMU processes of this machine that libvirt does not list are guests too, where their CPUs or memory are restricted",
    };
}
