using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sampling;

/// <summary>What a block of samples confirms: the boot and both fingerprints that held while it was taken.</summary>
internal sealed record BlockContext(string? BootId, Fingerprint? Structure, Fingerprint? Capacity);
