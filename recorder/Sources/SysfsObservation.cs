using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>A reading of a tree becomes an observation of a named host at a moment.</summary>
internal static class SysfsObservation
{
    /// <summary>
    /// Throws <see cref="SourceUnusableException"/> for a tree that is no account of a host, and for a name that is
    /// none.
    /// </summary>
    public static Observation Of(SysfsReading reading, string place, string host, DateTimeOffset at)
    {
        Refuse(reading, place, host);
        var ticks = at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond);
        return new Observation(
            place,
            host,
            reading.MachineId,
            reading.ProductUuid,
            new DateTimeOffset(ticks, TimeSpan.Zero),
            SysfsSource.SourceName,
            reading.BootId,
            reading.Architecture,
            reading.Hypervisor,
            reading.Settings,
            reading.Topology,
            reading.Memory,
            reading.Problems)
        {
            BootedAt = reading.BootedAt,
            Raw = reading.Raw,
        };
    }

    private static void Refuse(SysfsReading reading, string place, string host)
    {
        if (reading.Refused is { } reason)
        {
            throw new SourceUnusableException($"{place}: {reason}");
        }

        if (!HostName.IsValid(host))
        {
            throw new SourceUnusableException(
                $"{place}: '{host}' cannot name a host: {HostName.Rule}", "give it a name with --host");
        }
    }
}
