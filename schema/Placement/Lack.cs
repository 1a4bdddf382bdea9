namespace NumaHistory.Schema.Placement;

/// <summary>Why a guest cell does not go to a host cell; several may hold.</summary>
[Flags]
internal enum Lack
{
    None = 0,

    /// <summary>Fewer dedicated CPUs than it needs, used ones counted too.</summary>
    OwnCpus = 1,

    /// <summary>Fewer free ones.</summary>
    FreeCpus = 2,

    /// <summary>Enough free ones, but not on cores as it wants them.</summary>
    Cores = 4,

    /// <summary>More shared vCPUs than shared CPUs.</summary>
    OwnShared = 8,

    /// <summary>More shared vCPUs than the ratio leaves.</summary>
    SharedRatio = 16,

    /// <summary>More memory than the cell has.</summary>
    Memory = 32,

    /// <summary>More memory than is left of it.</summary>
    MemoryLeft = 64,

    /// <summary>No page size that does.</summary>
    Pages = 128,

    /// <summary>A resource is short.</summary>
    Resources = 256,

    /// <summary>The cell is none of those it may go to.</summary>
    Elsewhere = 512,
}
