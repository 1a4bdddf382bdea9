namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// The room of a cell as the store keeps it, its memory in whole steps, and what the newest sample says that is free. Kind: of cells with as many
/// CPUs and about as much memory. Share: what they are in the order of.
/// </summary>
internal sealed record RoomyCell(
    long Kind, double Share, string Host, string Name, int Cpus, int FreeCpus, int SharedCpus, bool Isolates, int Guests, long MemoryKiB, long OrdinaryKiB,
    long PromisedKiB, long OutstandingKiB, long? FreeKiB);
