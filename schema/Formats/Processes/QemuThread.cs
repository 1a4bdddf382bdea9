using System.Globalization;

namespace NumaHistory.Schema.Formats.Processes;

/// <summary>Which vCPU a thread of QEMU is, by its name (<c>CPU 0/KVM</c>, <c>CPU 1/TCG</c>).</summary>
public static class QemuThread
{
    /// <summary>The vCPU's number; null for any other thread. QEMU names its threads only where -name says debug-threads=on.</summary>
    public static int? Vcpu(string comm) =>
        comm.Trim().Split('/') is [var cpu, "KVM" or "TCG"] && cpu.StartsWith("CPU ", StringComparison.Ordinal)
        && int.TryParse(cpu.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
