namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>What a domain pointer itself carries; asks nobody.</summary>
internal static unsafe class DomainIdentity
{
    private const int UuidLength = 16;

    public static string Name(nint domain) =>
        NativeText.Copy(LibvirtApi.DomainGetName(domain)) ?? throw LibvirtException.Last();

    /// <summary>Whether it ran when it was listed.</summary>
    public static bool IsActive(nint domain) => LibvirtApi.DomainGetId(domain) != uint.MaxValue;

    public static string Uuid(nint domain)
    {
        var bytes = stackalloc byte[UuidLength];
        LibvirtException.Checked(LibvirtApi.DomainGetUuid(domain, bytes));
        return new Guid(new ReadOnlySpan<byte>(bytes, UuidLength), bigEndian: true).ToString("D");
    }
}
