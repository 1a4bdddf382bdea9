using System.Globalization;
using System.Text;

namespace NumaHistory.Benchmarks.Libvirt;

/// <summary>
/// A host of libvirt's test driver in a file: running guests, each vCPU pinned to a CPU, one host cell for each.
/// </summary>
internal static class TestHostFile
{
    private const int Cpus = 64;

    public static string Text(int guests, int vcpus)
    {
        var text = new StringBuilder("<node>\n");
        text.Append(CultureInfo.InvariantCulture, $"""
              <cpu>
                <mhz>2600</mhz><model>i686</model><active>{Cpus}</active>
                <nodes>1</nodes><sockets>1</sockets><cores>{Cpus}</cores><threads>1</threads>
              </cpu>
              <memory>536870912</memory>

            """);
        for (var guest = 0; guest < guests; guest++)
        {
            AppendGuest(text, guest, vcpus);
        }

        return text.Append("</node>\n").ToString();
    }

    private static void AppendGuest(StringBuilder text, int guest, int vcpus)
    {
        var pins = string.Concat(Enumerable.Range(0, vcpus)
            .Select(vcpu => $"    <vcpupin vcpu='{vcpu}' cpuset='{((guest * vcpus) + vcpu) % Cpus}'/>\n"));
        text.Append(CultureInfo.InvariantCulture, $"""
            <domain type='test'>
              <name>guest{guest:d4}</name>
              <uuid>00000000-0000-4000-8000-{guest:x12}</uuid>
              <memory unit='GiB'>16</memory>
              <vcpu placement='static'>{vcpus}</vcpu>
              <cputune>
            {pins}    <emulatorpin cpuset='0-1'/>
              </cputune>
              <numatune><memory mode='strict' nodeset='0'/></numatune>
              <os><type arch='i686'>hvm</type></os>
              <devices>
                <disk type='file' device='disk'><source file='/images/{guest}'/><target dev='vda' bus='virtio'/></disk>
                <interface type='network'><source network='default'/></interface>
              </devices>
            </domain>

            """);
    }
}
