using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>A moment before anything was seen: history has no answer, which is not the same as an empty one.</summary>
internal static class BeforeFirst
{
    public static Refusal Refusal(IReadOnlyList<HostRow> hosts, DateTimeOffset at)
    {
        var first = hosts.MinBy(host => host.FirstSeen)!;
        var who = hosts.Count == 1 ? first.Name : "any host";
        return at < first.FirstSeen
            ? new Refusal(
                ExitCode.Unknown,
                $"nothing is known of {who} at {TimeText.Utc(at)}: "
                + $"it was first seen at {TimeText.Utc(first.FirstSeen)}",
                hosts.Count == 1 ? "--at first" : $"--at {TimeText.Utc(first.FirstSeen)}")
            : new Refusal(ExitCode.Unknown, $"nothing was known of {who} then", "leave --known-at out");
    }
}
