namespace NumaHistory.Schema.Repair;

/// <summary>
/// One thing that goes elsewhere: <c>vcpu 0</c>, <c>emulator</c>, <c>iothread 1</c>, <c>vcpus</c> (the set that threads inherit) by CPUs;
/// <c>memory</c>, <c>memory of guest cell 0</c> by cells. From and To are lists, null = not pinned. Applies is when: <c>now</c>,
/// <c>next start</c>, <c>resume</c> or <c>migration</c>.
/// </summary>
public sealed record RepairMove(string Subject, string? From, string? To, string Applies);
