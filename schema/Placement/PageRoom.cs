namespace NumaHistory.Schema.Placement;

/// <summary>The pages of one size in a cell: size in KiB, how many there are, are used and are kept back.</summary>
public sealed record PageRoom(long SizeKiB, long Total, long? Used = null, long? Reserved = null)
{
    /// <summary>How many can be had; never below 0.</summary>
    internal long Free => Math.Max(0, Total - (Used ?? 0) - (Reserved ?? 0));
}
