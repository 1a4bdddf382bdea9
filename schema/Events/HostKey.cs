using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Events;

/// <summary>
/// The lasting key of a host: its machine id where known, else the name it was given. The name is an attribute; which key a
/// name or machine id stands for in a store is decided when facts are written (first machine id, then name).
/// </summary>
public static class HostKey
{
    /// <summary>The key a host gets when the store has not seen it before.</summary>
    public static string For(Observation observation) => observation.MachineId ?? observation.Host;

    /// <summary>Key of the stream that holds a host's facts.</summary>
    public static string HostStream(string key) => $"host/{key}";

    /// <summary>Key of the stream that holds a host's memory blocks of one ISO week: <c>memory/KEY/2026-W48</c>.</summary>
    public static string MemoryStream(string key, DateTimeOffset at) =>
        $"memory/{key}/{System.Globalization.ISOWeek.GetYear(at.UtcDateTime)}-W{System.Globalization.ISOWeek.GetWeekOfYear(at.UtcDateTime):00}";
}
