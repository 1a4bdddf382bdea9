using System.Runtime.InteropServices;
using NumaHistory.Recorder.Sources.Libvirt.Native;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>
/// Whether libvirt's client library is on this machine. Where it is not, a test that needs it is skipped with the
/// reason; on the build server it fails, because there it is installed.
/// </summary>
internal static class LibvirtHere
{
    public static void Require()
    {
        var isHere = NativeLibrary.TryLoad(LibvirtLibrary.Name, out _);
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(isHere, $"{LibvirtLibrary.Name} is not on this machine: apt-get install libvirt0");
        }

        Assert.SkipUnless(isHere, $"{LibvirtLibrary.Name} is not on this machine: apt-get install libvirt0");
    }
}
