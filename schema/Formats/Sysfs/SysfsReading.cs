using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// What a tree of sys/ and proc/ says of its host; null = not said. <c>Refused</c> = why this tree is no account of a
/// host; the rest must not be recorded then. <c>Raw</c> = the text that the structure was read from, by path.
/// </summary>
public sealed record SysfsReading(
    string? HostName,
    string? MachineId,
    string? ProductUuid,
    string? BootId,
    DateTimeOffset? BootedAt,
    string? Architecture,
    string? Hypervisor,
    HostSettings Settings,
    HostTopology Topology,
    ObservedMemory Memory,
    IReadOnlyList<Problem> Problems,
    IReadOnlyDictionary<string, string> Raw,
    string? Refused);
