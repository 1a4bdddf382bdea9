namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>The words of virsh for a domain's state and the reason of it (virsh domstate --reason).</summary>
internal static class DomainWords
{
    /// <summary>VIR_DOMAIN_SHUTOFF.</summary>
    public const int ShutOff = 5;

    private static readonly string[] States =
        ["no state", "running", "idle", "paused", "in shutdown", "shut off", "crashed", "pmsuspended"];

    private static readonly string[][] Reasons =
    [
        [],
        [
            "", "booted", "migrated", "restored", "from snapshot", "unpaused", "migration canceled", "save canceled",
            "event wakeup", "crashed", "post-copy", "post-copy failed",
        ],
        [],
        [
            "", "user", "migrating", "saving", "dumping", "I/O error", "watchdog", "from snapshot", "shutting down",
            "creating snapshot", "crashed", "starting up", "post-copy", "post-copy failed", "api error",
        ],
        ["", "user"],
        ["", "shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "from snapshot", "daemon"],
        ["", "panicked"],
        [],
    ];

    public static string? State(int state) => At(States, state);

    /// <summary>Why it is in that state; null where libvirt does not say.</summary>
    public static string? Reason(int state, int reason) =>
        At(state >= 0 && state < Reasons.Length ? Reasons[state] : [], reason) is { Length: > 0 } word ? word : null;

    private static string? At(string[] words, int index) => index >= 0 && index < words.Length ? words[index] : null;
}
