using NumaHistory.Recorder.Sources.Libvirt.Native;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>The hypervisor that runs on this machine, found by the sockets of libvirt's daemons: nothing is started by looking.</summary>
internal static class LocalHypervisor
{
    // The daemon of one driver, and the one of all drivers; the read-only socket is open to everybody.
    private static readonly (string Socket, string Uri)[] System =
    [
        ("/run/libvirt/virtxend-sock-ro", "xen:///system"),
        ("/run/libvirt/virtqemud-sock-ro", "qemu:///system"),
        ("/run/libvirt/libvirt-sock-ro", "qemu:///system"),
    ];

    /// <summary>The URI to connect to; null where no daemon listens or libvirt's library is missing.</summary>
    public static string? Connection(Func<string, string?> environment) =>
        (OfSystem() ?? OfUser(environment("XDG_RUNTIME_DIR"))) is { } uri && LibvirtLibrary.IsThere ? uri : null;

    private static string? OfSystem() =>
        Array.Find(System, one => File.Exists(one.Socket)) is not { Uri: { } uri } ? null
        : File.Exists("/proc/xen/capabilities") ? "xen:///system"
        : uri;

    // Somebody's own guests: only where their daemon runs already.
    private static string? OfUser(string? folder) =>
        folder is { Length: > 0 } && (File.Exists($"{folder}/libvirt/virtqemud-sock") || File.Exists($"{folder}/libvirt/libvirt-sock"))
            ? "qemu:///session"
            : null;
}
