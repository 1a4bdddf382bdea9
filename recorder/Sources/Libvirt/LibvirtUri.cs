using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>Connection URIs as libvirt's own tools take them.</summary>
internal static class LibvirtUri
{
    /// <summary>How messages name a connection.</summary>
    public static string Shown(string? uri) => uri is null ? "libvirt" : Cleaned.Text(uri);

    /// <summary>
    /// The same connection without questions: ssh would ask for passwords and unknown hosts on the terminal, and a recorder
    /// that watches many hosts would wait there for ever.
    /// </summary>
    public static string? Unattended(string? uri)
    {
        if (uri is null || !Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || !parsed.Scheme.EndsWith("+ssh", StringComparison.Ordinal)
            || parsed.Query.Contains("no_tty", StringComparison.Ordinal))
        {
            return uri;
        }

        return $"{uri}{(parsed.Query.Length > 1 ? "&" : parsed.Query.Length == 1 ? "" : "?")}no_tty=1";
    }

    /// <summary>
    /// The name of a host that has none of its own: of the test driver the base name of its path, <c>default</c> of
    /// <c>test:///default</c>. Null for other drivers.
    /// </summary>
    public static string? TestHost(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme.Split('+')[0] == "test"
            ? HostName.BaseName(Uri.UnescapeDataString(parsed.AbsolutePath))
            : null;

    /// <summary>The next step after a connection could not be made.</summary>
    public static string Hint(string? uri)
    {
        var scheme = uri is not null && Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.Scheme : "";
        return scheme.EndsWith("+ssh", StringComparison.Ordinal) ? $"virsh -r -c {Shown(uri)} list has to work without a password"
            : scheme.Split('+')[0] == "test" ? "test:///default and test:///ABSOLUTE/PATH.xml are the test driver's URIs"
            : $"virsh -r -c {(uri is null ? "URI" : Shown(uri))} list has to work; systemctl status libvirtd, and who may connect";
    }
}
