using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>A cell of a demo machine: the CPUs that are soldered to it, its memory, and the socket it sits on.</summary>
internal sealed record DemoCell(int Id, CpuSet Cpus, int MemoryGiB, int Socket);
