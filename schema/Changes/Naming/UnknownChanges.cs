namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// A list, or the whole capacity, that one side does not know: it became known or unknown, which is no loss of what is
/// in it. A list in which one id comes twice cannot be told apart further and is shown whole.
/// </summary>
internal static class UnknownChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        if (differing.Left.Any(part => part.List == "capacityFingerprint"))
        {
            var known = differing.After.CapacityFingerprint is not null;
            var parts = differing.Claim(part =>
                part.List == "capacityFingerprint" || (part is { IsCapacity: true, Sub: "", IsKnownInBoth: false }));
            yield return Change("capacity", known ? null : "known", known ? "known" : null, parts);
        }

        foreach (var list in differing.Left.Where(part => part is { Key: "", Field: "" }).ToList())
        {
            var parts = differing.Claim(part => part == list);
            yield return list.IsKnownInBoth && list.Before is not ("true" or "false")
                ? Change(list.List, list.Before, list.After, parts)
                : Change(list.List, Said(list.Before), Said(list.After), parts);
        }
    }

    private static TopologyChange Change(
        string what, string? before, string? after, IReadOnlyList<TopologyPart> parts) =>
        new(ChangeNames.HostChanged, "host", $"{what} {before ?? "unknown"}", $"{what} {after ?? "unknown"}", parts);

    private static string? Said(string? json) => json is "null" or "false" ? null : "known";
}
