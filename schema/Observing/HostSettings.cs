namespace NumaHistory.Schema.Observing;

/// <summary>
/// Settings of a host that explain changes, kept with each boot; null = not known. Smt is the kernel's word (<c>on</c>, <c>off</c>,
/// <c>forceoff</c>, <c>notsupported</c>, <c>notimplemented</c>); Cgroup is the version, 1 or 2.
/// </summary>
public sealed record HostSettings(
    string? Kernel = null,
    string? CommandLine = null,
    string? Bios = null,
    string? Microcode = null,
    int? Cgroup = null,
    string? Smt = null,
    bool? NumaBalancing = null,
    bool? KsmMergeAcrossNodes = null);
