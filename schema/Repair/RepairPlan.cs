using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// A proposal that nobody applies: what moves, the whole pinning it ends in, and the verdict on that. MovesKiB is memory whose cell
/// changes, null = not known; MemoryFollows = it goes along without a new start of the guest (true also where none moves). Through is
/// <c>virsh</c> or the manager's own word. Commands are shell lines for virsh, empty for a guest that somebody manages; Notes say when
/// it applies, what stays, and the manager's way. No moves = the pins can stay; what has changed is accepted by deciding them again.
/// </summary>
public sealed record RepairPlan(
    Verdict Verdict,
    IReadOnlyList<RepairMove> Moves,
    GuestPins Proposed,
    long? MovesKiB,
    bool MemoryFollows,
    string Through,
    IReadOnlyList<string> Commands,
    IReadOnlyList<string> Notes);
