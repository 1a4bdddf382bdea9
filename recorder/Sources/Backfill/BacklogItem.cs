using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>
/// What came of one file or folder: the past of a host, or why there is none and what could be done. Problems are the places in it that were left out,
/// Notes what libvirt would refuse in the definitions of guests.
/// </summary>
internal sealed record BacklogItem(string File, Backlog? Backlog, IReadOnlyList<Problem> Problems, string? Error = null, string? Hint = null)
{
    public IReadOnlyList<GuestDocument> Notes { get; init; } = [];

    /// <summary>What is there, cannot be recorded, and is nobody's fault.</summary>
    public IReadOnlyList<Problem> Remarks { get; init; } = [];
}
