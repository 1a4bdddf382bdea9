namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The architecture that a /proc/cpuinfo was written on, in uname's words, as far as its lines tell.</summary>
internal static class CpuArchitecture
{
    public static string? Of(Func<string, string?> line, bool is32BitX86)
    {
        if (line("flags") is { } flags)
        {
            return !is32BitX86 && flags.Split(' ').Contains("lm") ? "x86_64" : "i686";
        }

        if (line("vendor_id") is "IBM/S390")
        {
            return line("features")?.Split(' ').Contains("zarch") == true ? "s390x" : "s390";
        }

        return line("CPU architecture") is { } arm ? Arm(arm)
            : line("arch") is "IA-64" ? "ia64"
            : line("isa") is { } isa ? RiscV(isa)
            : null;
    }

    private static string? Arm(string version) => version switch
    {
        "8" or "AArch64" => "aarch64",
        "7" => "armv7l",
        _ => null,
    };

    private static string? RiscV(string isa) =>
        isa.StartsWith("rv64", StringComparison.Ordinal) ? "riscv64"
        : isa.StartsWith("rv32", StringComparison.Ordinal) ? "riscv32" : null;
}
