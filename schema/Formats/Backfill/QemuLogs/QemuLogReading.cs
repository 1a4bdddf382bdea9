using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>What a log of so many lines tells of its guest, in the order written, and what in it could not be used.</summary>
public sealed record QemuLogReading(IReadOnlyList<QemuRun> Runs, IReadOnlyList<Problem> Problems, int Lines);
