using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Journal;

/// <summary>What an observation added: the host's key, and the facts that were new (none for an unchanged host).</summary>
internal sealed record Recorded(string Host, IReadOnlyList<IHostFact> Facts);
