using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// Pins in the form in which they were proposed in 2007: <c>&lt;cpus&gt;&lt;pin vcpu='0' cpulist='2-3'/&gt;&lt;/cpus&gt;</c>. A vCPU
/// that may run anywhere has no line.
/// </summary>
public static class OldPinsPrinter
{
    /// <summary>Writes the element, ended by a line feed.</summary>
    public static void Write(TextWriter output, IReadOnlyList<VcpuPin> pins)
    {
        output.Write("<cpus>\n");
        foreach (var pin in pins.Where(pin => pin.Cpus is { IsEmpty: false }))
        {
            output.Write($"  <pin vcpu='{pin.Vcpu}' {OldPins.List}='{pin.Cpus}'/>\n");
        }

        output.Write("</cpus>\n");
    }
}
