using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.KernelLogs;

/// <summary>The boots of a journal in the order written, what could not be read, and what is there but makes no whole fact.</summary>
public sealed record KernelLogReading(IReadOnlyList<KernelBoot> Boots, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Remarks);
