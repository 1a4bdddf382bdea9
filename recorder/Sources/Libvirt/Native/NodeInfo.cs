using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>virNodeInfo: a host in eight numbers. Sockets are per node; memory is in KiB.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NodeInfo
{
    private const int ModelLength = 32;

    private fixed byte _model[ModelLength];
    public nuint MemoryKiB;
    public uint Cpus;
    public uint Megahertz;
    public uint Nodes;
    public uint Sockets;
    public uint Cores;
    public uint Threads;

    /// <summary>The most CPUs there can be (VIR_NODEINFO_MAXCPUS).</summary>
    public readonly ulong MostCpus => (ulong)Nodes * Sockets * Cores * Threads;
}
