using Microsoft.Win32.SafeHandles;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>
/// A domain as a list gave it: name and UUID are in it, everything else is asked for. It holds its connection open.
/// </summary>
internal sealed class DomainHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public DomainHandle(nint domain)
        : base(ownsHandle: true) => SetHandle(domain);

    public string Name => DomainIdentity.Name(handle);

    public string Uuid => DomainIdentity.Uuid(handle);

    public bool IsActive => DomainIdentity.IsActive(handle);

    protected override bool ReleaseHandle() => LibvirtApi.DomainFree(handle) == 0;
}
