namespace NumaHistory.Schema.Changes;

/// <summary>
/// One thing that changed between two topologies, named for people; never stored. One cause is one change, with its
/// consequences: CPUs 2 and 3 going offline leave their cell, their siblings and the allowed CPUs, and are one change.
/// </summary>
/// <param name="Name">One of <see cref="ChangeNames"/>.</param>
/// <param name="Subject">What changed: <c>cpu 2-3</c>, <c>cell 1</c>, <c>device 0000:3b:00.0</c>, <c>host</c>.</param>
/// <param name="Before">How it was; null = it was not there.</param>
/// <param name="After">How it is; null = it is not there.</param>
/// <param name="Moves">The cells that this change renumbers.</param>
/// <param name="Parts">
/// The places that this change replaces, once the cells are renumbered; no place is in two changes.
/// </param>
public sealed record TopologyChange(
    string Name,
    string Subject,
    ChangeValue? Before,
    ChangeValue? After,
    IReadOnlyList<CellMove> Moves,
    IReadOnlyList<TopologyPart> Parts)
{
    /// <summary>The change this one follows from, by name and subject; null = it stands for itself.</summary>
    public string? Cause { get; init; }

    /// <summary>What it means in words; null = it says so itself.</summary>
    public string? Note { get; init; }

    internal TopologyChange(
        string name, string subject, ChangeValue? before, ChangeValue? after, IReadOnlyList<TopologyPart> parts)
        : this(name, subject, before, after, [], parts)
    {
    }
}
