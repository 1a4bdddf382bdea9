namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A guest in a cell: whether it spans other cells too, floats (some vCPU may run on every CPU of the host) or has drifted (the kernel does
/// other than the hypervisor was told), and the ordinary memory it is bound to this cell with, KiB; planned = it was decided to be there and is not yet.
/// </summary>
public sealed record PlacedGuestItem(string Guest, Guid Uuid, bool Spanning, bool Floating, bool Drifted, long CommittedKiB, bool Planned = false);
