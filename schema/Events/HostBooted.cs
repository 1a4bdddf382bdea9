using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Events;

/// <summary>
/// The host runs under this boot id, identity and these settings. Written at first sight, at every boot, and again when the
/// identity or a setting changes while it runs. BootId null: the source does not tell (a capture without it).
/// </summary>
public sealed record HostBooted(
    string Host,
    string Name,
    string Source,
    string? MachineId,
    string? ProductUuid,
    string? BootId,
    DateTimeOffset? BootedAt,
    string? Architecture,
    string? Hypervisor,
    HostSettings? Settings,
    DateTimeOffset ObservedAt) : IHostFact;
