namespace NumaHistory.Schema.Events;

/// <summary>Something that was seen of a host: the host's key, and when it looked like that (not when it was written).</summary>
public interface IHostFact
{
    /// <summary>Key of the host, see <see cref="HostKey"/>.</summary>
    string Host { get; }

    /// <summary>When the host looked like that; millisecond precision, UTC.</summary>
    DateTimeOffset ObservedAt { get; }
}
