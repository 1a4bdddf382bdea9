using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>
/// One run of a guest. HostName is what the log says, null in logs of before libvirt 1.3. Pins is the live layer as far as a command line tells:
/// vCPUs, memory and what it is bound to; which CPUs threads were pinned to is not in it, so Pins, Emulator and Placement say nothing.
/// StoppedAt null = the log does not tell; StopReason is libvirt's word (<c>shutdown</c>, <c>destroyed</c>, <c>crashed</c>, <c>migrated</c>,
/// <c>saved</c>), null where it gives none. IsIncoming: it came from another host or a saved image.
/// </summary>
public sealed record QemuRun(
    int Line, DateTimeOffset StartedAt, string? HostName, GuestPins Pins, bool IsIncoming, DateTimeOffset? StoppedAt = null, string? StopReason = null);
