using System.Globalization;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// The words of virsh event for what happened to a domain, in lower case: <c>suspended</c>, <c>post-copy</c>.
/// </summary>
internal static class EventWords
{
    private static readonly (string Event, string[] Details)[] Lifecycle =
    [
        ("defined", ["added", "updated", "renamed", "snapshot"]),
        ("undefined", ["removed", "renamed"]),
        ("started", ["booted", "migrated", "restored", "snapshot", "event wakeup"]),
        (
            "suspended",
            [
                "paused", "migrated", "I/O error", "watchdog", "restored", "snapshot", "api error", "post-copy",
                "post-copy error",
            ]),
        ("resumed", ["unpaused", "migrated", "snapshot", "post-copy", "post-copy failed"]),
        ("stopped", ["shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "snapshot"]),
        ("shutdown", ["finished", "finished after guest request", "finished after host request"]),
        ("pmsuspended", ["memory", "disk"]),
        ("crashed", ["panicked", "crashloaded"]),
    ];

    private static readonly string[] CloseReasons =
        ["error", "end of file", "no answer to keep-alive", "closed by this side"];

    /// <summary>Event and detail; numbers that a newer libvirt sends stay numbers.</summary>
    public static (string Event, string Detail) Of(int happened, int detail)
    {
        if (happened < 0 || happened >= Lifecycle.Length)
        {
            return (Number(happened), Number(detail));
        }

        var (name, details) = Lifecycle[happened];
        return (name, detail >= 0 && detail < details.Length ? details[detail] : Number(detail));
    }

    /// <summary>Why a connection ended.</summary>
    public static string Closed(int reason) =>
        reason >= 0 && reason < CloseReasons.Length ? CloseReasons[reason] : Number(reason);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
