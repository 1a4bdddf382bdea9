using Microsoft.Win32.SafeHandles;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>A connection to a hypervisor. Closing it may wait for the other side.</summary>
internal sealed class ConnectHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => LibvirtApi.Close(handle) >= 0;
}
