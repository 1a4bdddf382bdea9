using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Observing;

/// <summary>
/// What one look at one host saw (CLI.md, Observation). A facet that was not looked at is null; empty means looked at and
/// none there. <c>ObservedAt</c> has millisecond precision. <c>Raw</c> is the text that was read, path to text; it is kept
/// once per fingerprint in the store and never printed.
/// </summary>
public sealed record Observation(
    string? File,
    string Host,
    string? MachineId,
    string? ProductUuid,
    DateTimeOffset ObservedAt,
    string Source,
    string? BootId,
    string? Architecture,
    string? Hypervisor,
    HostSettings? HostSettings,
    HostTopology? Topology,
    ObservedMemory? Memory,
    IReadOnlyList<Problem> Problems)
{
    /// <summary>When the host booted, if the source tells (Linux: btime of /proc/stat).</summary>
    public DateTimeOffset? BootedAt { get; init; }

    /// <summary>Guests with their pins; null = this source was not asked for guests.</summary>
    public IReadOnlyList<GuestPins>? Guests { get; init; }

    /// <summary>Guests of whom something could not be read; null = none, or not asked for guests.</summary>
    public IReadOnlyList<UnreadGuest>? UnreadGuests { get; init; }

    /// <summary>Versions of the hypervisor and of what manages it, as in <c>qemu 7.2.22, libvirt 9.0.0</c>.</summary>
    public string? HypervisorVersion { get; init; }

    /// <summary>Whether <see cref="Guests"/> lists every guest of the host, so that one that is missing is gone.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEveryGuest { get; init; }

    /// <summary>The raw text per path below the source's root.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, string>? Raw { get; init; }
}
