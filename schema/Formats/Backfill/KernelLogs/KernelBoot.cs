using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.KernelLogs;

/// <summary>
/// A boot as the kernel told of it. At is when its first message was written; BootedAt is earlier where the messages say how long the machine
/// had run by then. Ids are null where the form of the journal has none.
/// </summary>
public sealed record KernelBoot(
    int Line, string HostName, DateTimeOffset At, DateTimeOffset BootedAt, string? BootId, string? MachineId, HostSettings Settings);
