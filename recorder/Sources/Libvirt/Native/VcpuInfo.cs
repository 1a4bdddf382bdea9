using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>
/// virVcpuInfo: a vCPU and the host CPU it ran on; negative where that is not known or it is offline.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct VcpuInfo(uint Number, int State, ulong CpuTime, int Cpu);
