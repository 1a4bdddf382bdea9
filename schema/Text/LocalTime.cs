namespace NumaHistory.Schema.Text;

internal static class LocalTime
{
    /// <summary>
    /// The instant of a wall clock time. A time that the clocks skipped counts on from before the jump; one that they
    /// showed twice is the earlier.
    /// </summary>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(wall))
        {
            return AtOffset(wall, zone.GetAmbiguousTimeOffsets(wall).Max());
        }

        // No jump is longer than a day: a day before a skipped time the old offset holds.
        return AtOffset(wall, zone.GetUtcOffset(zone.IsInvalidTime(wall) ? wall.AddDays(-1) : wall));
    }

    /// <summary>
    /// The instant of a wall clock time at an offset; also for offsets beyond the 14 hours that .NET keeps.
    /// </summary>
    public static DateTimeOffset AtOffset(DateTime local, TimeSpan offset) =>
        new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified).Subtract(offset), TimeSpan.Zero);
}
