namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>What /proc/cpuinfo says of one CPU: model text, stepping (revision) and APIC id; null = not said.</summary>
public sealed record CpuSilicon(string? Model, int? Stepping, int? ApicId);
