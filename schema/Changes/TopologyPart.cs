namespace NumaHistory.Schema.Changes;

/// <summary>
/// One place of a topology that differs, in terms of its canonical JSON: <c>cells / 1 / distances / 2</c>, or one
/// member of a set, <c>cpus / / online / 3</c>. Before and after are JSON texts; null = not there at all, <c>null</c> =
/// not known.
/// </summary>
/// <param name="List">The member of the topology: <c>cpus</c>, <c>cells</c>, <c>cpuInfo</c>, <c>devices</c>.</param>
/// <param name="Key">The cell's, CPU's or device's id; empty for the whole of the member.</param>
/// <param name="Field">The field of it; empty for the whole of it.</param>
/// <param name="Sub">
/// The element of the field (other cell, page size, member of a set); empty for the whole field.
/// </param>
/// <param name="Before">What is replaced.</param>
/// <param name="After">What it is replaced by.</param>
public readonly record struct TopologyPart(
    string List,
    string Key,
    string Field,
    string Sub,
    string? Before,
    string? After)
{
    private static readonly string[] CapacityFields =
        ["online", "isolated", "nohzFull", "allowed", "onlineCpus", "memoryKiB", "movableKiB", "pages"];

    /// <summary>
    /// Whether the place belongs to the capacity; else to the structure, as does a cell that comes or goes as a whole.
    /// </summary>
    public bool IsCapacity =>
        List == "capacityFingerprint" || (List is "cpus" or "cells" && CapacityFields.Contains(Field));

    internal bool IsKnownInBoth => Before is not (null or "null") && After is not (null or "null");

    internal int Id => int.Parse(Key, System.Globalization.CultureInfo.InvariantCulture);
}
