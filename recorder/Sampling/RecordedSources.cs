namespace NumaHistory.Recorder.Sampling;

/// <summary>What a recorder records: this machine below a root, unless that is null, and hosts over libvirt.</summary>
/// <param name="Root">The folder that holds sys/ and proc/.</param>
/// <param name="Host">The name of the one host, or of this machine; null for the one it has.</param>
/// <param name="Connections">URIs of libvirt.</param>
internal sealed record RecordedSources(string? Root, string? Host, IReadOnlyList<string> Connections)
{
    /// <summary>Whether QEMU processes that libvirt does not list are guests of this machine.</summary>
    public bool WithProcesses { get; init; }
}
