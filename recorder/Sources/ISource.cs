using NumaHistory.Schema.Files;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>
/// Something that can be asked what a host looks like now. Sources do the I/O; schema/Formats reads what they get.
/// </summary>
public interface ISource
{
    /// <summary>The word that observations and the journal carry: sysfs, libvirt, xen.</summary>
    string Name { get; }

    /// <summary>
    /// One look; throws <see cref="SourceUnusableException"/> when there is nothing that can be recorded.
    /// </summary>
    Task<Observation> ReadAsync(CancellationToken cancel);
}
