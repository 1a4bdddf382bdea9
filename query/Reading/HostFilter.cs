namespace NumaHistory.Query.Reading;

/// <summary>The hosts that parameter $1 means: a name, a key, or null for all of them.</summary>
internal static class HostFilter
{
    public const string Keys =
        "(select h.host_key from numa.host h where $1::text is null or h.name = $1 or h.host_key = $1)";
}
