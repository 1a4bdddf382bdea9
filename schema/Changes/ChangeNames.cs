namespace NumaHistory.Schema.Changes;

/// <summary>The names of changes, in the order in which a diff lists them.</summary>
public static class ChangeNames
{
    /// <summary>Sockets are cut into another number of cells.</summary>
    public const string CellsPerSocketChanged = "cells-per-socket-changed";

    /// <summary>A cell's content is found under another id.</summary>
    public const string CellRenumbered = "cell-renumbered";

    /// <summary>A cell that was there is not.</summary>
    public const string CellGone = "cell-gone";

    /// <summary>A cell is there that was not.</summary>
    public const string CellAdded = "cell-added";

    /// <summary>Another number of threads per core, everywhere.</summary>
    public const string SmtChanged = "smt-changed";

    /// <summary>CPUs are not present any more.</summary>
    public const string CpuGone = "cpu-gone";

    /// <summary>CPUs are present that were not.</summary>
    public const string CpuAdded = "cpu-added";

    /// <summary>CPUs are present but not online any more.</summary>
    public const string CpuOffline = "cpu-offline";

    /// <summary>CPUs that were present came online.</summary>
    public const string CpuOnline = "cpu-online";

    /// <summary>CPUs that stayed online belong to other cells.</summary>
    public const string CpuMoved = "cpu-moved";

    /// <summary>Other silicon, or another socket, under the same CPU numbers.</summary>
    public const string SocketChanged = "socket-changed";

    /// <summary>A cell lies in another group of cells.</summary>
    public const string GroupChanged = "group-changed";

    /// <summary>A cell's total memory grew.</summary>
    public const string MemoryGrew = "memory-grew";

    /// <summary>A cell's total memory shrank.</summary>
    public const string MemoryShrunk = "memory-shrunk";

    /// <summary>A cell's pools of huge pages hold other numbers of pages.</summary>
    public const string PagesChanged = "pages-changed";

    /// <summary>Distances between cells that are in both topologies differ.</summary>
    public const string DistancesChanged = "distances-changed";

    /// <summary>CPUs were isolated, or are not any more.</summary>
    public const string IsolationChanged = "isolation-changed";

    /// <summary>CPUs run without a periodic tick, or do not any more.</summary>
    public const string NohzFullChanged = "nohz-full-changed";

    /// <summary>Processes may use other CPUs than before.</summary>
    public const string AllowedChanged = "cpus-allowed-changed";

    /// <summary>A device appeared, vanished, or is in another cell.</summary>
    public const string DeviceChanged = "device-changed";

    /// <summary>Whatever else changed in a cell, field by field.</summary>
    public const string CellChanged = "cell-changed";

    /// <summary>Whatever else changed in CPUs, field by field.</summary>
    public const string CpuChanged = "cpu-changed";

    /// <summary>Whatever else changed in the host as a whole, field by field.</summary>
    public const string HostChanged = "host-changed";

    /// <summary>All names, in order.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        CellsPerSocketChanged, CellRenumbered, CellGone, CellAdded, SmtChanged, CpuGone, CpuAdded, CpuOffline, CpuOnline, CpuMoved,
        SocketChanged, GroupChanged, MemoryGrew, MemoryShrunk, PagesChanged, DistancesChanged, IsolationChanged,
        NohzFullChanged, AllowedChanged, DeviceChanged, CellChanged, CpuChanged, HostChanged,
    ];
}
