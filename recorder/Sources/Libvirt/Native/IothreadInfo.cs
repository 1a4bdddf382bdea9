using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>virDomainIOThreadInfo: an I/O thread and the map of CPUs its thread may run on.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct IothreadInfo
{
    public readonly uint Id;
    public readonly byte* Map;
    public readonly int MapLength;
}
