using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// Reads CPU lists as another program reads them, its bugs included: the answer is what would happen on the host, not
/// what the author of the list meant. Memory and time are bounded whatever the text says.
/// </summary>
public static class CpuSetDialect
{
    /// <summary>The dialect of domain XML, which is taken when none is named.</summary>
    public const string Default = "libvirt";

    private const int LongestText = 65_536;

    /// <summary>Every dialect by name, in the order help shows them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Default, "kernel", "kernel-mask", "virsh", "xl", "numactl", "numactl-nodes", "taskset", "taskset-mask",
    ];

    /// <summary>The set that the dialect's own program makes of the text on the machine of the context.</summary>
    /// <exception cref="ArgumentException">The dialect is not one of <see cref="Names"/>.</exception>
    public static CpuSetAnswer Parse(string dialect, string text, CpuSetContext context) =>
        text.Length > LongestText
            ? Answers.Refuse(text, "list", $"it has more than {LongestText} characters")
            : Read(dialect, text, context);

    private static CpuSetAnswer Read(string dialect, string text, CpuSetContext context) => dialect switch
    {
        Default => LibvirtList.Parse(text, context),
        "kernel" => KernelList.Parse(text, context),
        "kernel-mask" => KernelMask.Parse(text, context),
        "virsh" => VirshList.Parse(text, context),
        "xl" => XlList.Parse(text, context),
        "numactl" => NumactlList.ParseCpus(text, context),
        "numactl-nodes" => NumactlList.ParseNodes(text, context),
        "taskset" => TasksetList.Parse(text, context),
        "taskset-mask" => TasksetMask.Parse(text, context),
        _ => throw new ArgumentException($"'{dialect}' is not one of {string.Join(", ", Names)}", nameof(dialect)),
    };
}
