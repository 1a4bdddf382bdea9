using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Benchmarks.Libvirt;

/// <summary>The calls of a look, without anything made of the answers.</summary>
internal static class BareCalls
{
    private const int Vcpus = 16;
    private const int MapLength = 8;

    public static int Make(HostConnection connection)
    {
        var vcpus = new VcpuInfo[Vcpus];
        var maps = new byte[Vcpus * MapLength];
        var length = 0;
        foreach (var domain in connection.Domains(ListedDomains.All))
        {
            using (domain)
            {
                domain.State();
                length += domain.Xml(PinLayer.Config, xml => xml.Length);
                length += domain.Xml(PinLayer.Live, xml => xml.Length);
                length += domain.Vcpus(vcpus, maps, MapLength);
            }
        }

        return length;
    }
}
