using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>Connection URIs as libvirt's own tools take them.</summary>
internal static class LibvirtUri
{
    /// <summary>How messages name a connection.</summary>
    public static string Shown(string? uri) => uri is null ? "libvirt" : Cleaned.Text(uri);

    /// <summary>
    /// The same connection without questions: ssh would ask for passwords and unknown hosts on the terminal, and a
    /// recorder that watches many hosts would wait there for ever.
    /// </summary>
    public static string? Unattended(string? uri)
    {
        if (Parsed(uri) is not { } parsed || !IsSsh(parsed) || parsed.Query.Contains("no_tty", StringComparison.Ordinal))
        {
            return uri;
        }

        return $"{uri}{(parsed.Query.Length > 1 ? "&" : parsed.Query.Length == 1 ? "" : "?")}no_tty=1";
    }

    /// <summary>
    /// The name of a host that has none of its own: of the test driver the base name of its path, <c>default</c> of
    /// <c>test:///default</c>. Null for other drivers.
    /// </summary>
    public static string? TestHost(string uri) => TestPath(uri) is { } path ? HostName.BaseName(path) : null;

    /// <summary>The file of a host of the test driver in this process; null for its default and for others.</summary>
    public static string? TestFile(string? uri) =>
        uri?.StartsWith("test:", StringComparison.Ordinal) == true && TestPath(uri) is { } path and not "/default"
            ? path
            : null;

    /// <summary>
    /// Whether a connection leads to the hypervisor of the machine this runs on, whose sysfs tells more of the hardware. Xen's does not,
    /// and the test driver's hosts are made up.
    /// </summary>
    public static bool IsThisMachine(string uri) =>
        Parsed(uri) is { Host: "" } parsed && Driver(parsed) is not ("test" or "xen" or "esx" or "vpx" or "gsx" or "hyperv");

    /// <summary>The next step after a connection could not be made.</summary>
    public static string Hint(string? uri)
    {
        var parsed = Parsed(uri);
        var list = $"virsh -r -c {(uri is null ? "URI" : Shown(uri))} list";
        return parsed is not null && IsSsh(parsed) ? $"{list} has to work without a password"
            : parsed is not null && Driver(parsed) == "test"
                ? "test:///default and test:///ABSOLUTE/PATH.xml are the test driver's URIs"
            : $"{list} has to work: is libvirtd up there, and who may connect to it";
    }

    private static string? TestPath(string uri) =>
        Parsed(uri) is { } parsed && Driver(parsed) == "test" ? Uri.UnescapeDataString(parsed.AbsolutePath) : null;

    private static Uri? Parsed(string? uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed : null;

    private static string Driver(Uri uri) => uri.Scheme.Split('+')[0];

    private static bool IsSsh(Uri uri) => uri.Scheme.EndsWith("+ssh", StringComparison.Ordinal);
}
