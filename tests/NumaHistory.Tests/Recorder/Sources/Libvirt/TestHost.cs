namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>A small host of the test driver as a file: 8 CPUs, 4 GiB, one running guest.</summary>
internal static class TestHost
{
    public static string Text(int nodes) => $"""
        <node>
          <cpu>
            <mhz>2600</mhz><model>i686</model><active>8</active>
            <nodes>{nodes}</nodes><sockets>1</sockets><cores>{8 / nodes}</cores><threads>1</threads>
          </cpu>
          <memory>4194304</memory>
          <domain type='test'>
            <name>web01</name>
            <uuid>11111111-2222-4333-8444-555555555555</uuid>
            <memory unit='MiB'>512</memory>
            <vcpu>2</vcpu>
            <cputune><vcpupin vcpu='0' cpuset='2-3'/><emulatorpin cpuset='0'/></cputune>
            <os><type arch='i686'>hvm</type></os>
          </domain>
        </node>
        """;
}
