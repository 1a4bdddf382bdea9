namespace NumaHistory.Schema.Fit;

/// <summary>
/// Whether the guest's CPU can be offered at all: cpu-model. Told by the architecture that a named model belongs to; features
/// within one architecture need the hypervisor's own answer.
/// </summary>
internal static class ModelFindings
{
    private static readonly (string[] Starts, string Architecture)[] Models =
    [
        (["power"], "ppc64"),
        (["cortex-", "neoverse-", "kunpeng", "thunderx", "a64fx"], "aarch64"),
        (["z9", "z10", "z13", "z14", "z196", "z114", "zec12", "zbc12", "gen15", "gen16"], "s390x"),
        (["la464"], "loongarch64"),
        (
            [
                "qemu64", "kvm64", "qemu32", "kvm32", "486", "pentium", "core2duo", "coreduo", "n270", "conroe", "penryn", "nehalem", "westmere",
                "sandybridge", "ivybridge", "haswell", "broadwell", "skylake", "cascadelake", "cooperlake", "icelake", "sapphirerapids",
                "graniterapids", "denverton", "snowridge", "athlon", "phenom", "opteron", "epyc", "dhyana",
            ],
            "x86"),
    ];

    public static void Find(FitCase fit)
    {
        if (fit.Guest.CpuModel is not { } model || fit.Question.Host.Architecture is not { } host)
        {
            return;
        }

        var owner = Models.FirstOrDefault(one => Array.Exists(
            one.Starts, start => model.StartsWith(start, StringComparison.OrdinalIgnoreCase))).Architecture;
        if (owner is not null && !Same(owner, host))
        {
            fit.Add(
                "cpu-model", Verdict.Broken, "guest", model, host,
                $"the guest wants the CPU model {model}, which no {host} host can offer", FitRepairs.Managed(fit.Guest) ?? "choose a host of its architecture");
        }
    }

    private static bool Same(string owner, string host) => owner switch
    {
        "x86" => host is "x86_64" or "i686" or "i386" or "amd64",
        "ppc64" => host.StartsWith("ppc64", StringComparison.Ordinal),
        _ => owner == host,
    };
}
