using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// The list of virsh vcpupin (virshParseCPUList): libvirt's, up to CPU 1023 and to the host's last CPU.
/// </summary>
internal static class VirshList
{
    private const int Width = 1024;
    private const string Kind = "virsh list";

    public static CpuSetAnswer Parse(string text, CpuSetContext context)
    {
        // virsh looks at the first letter of "reset" only, so that any word with r means all CPUs.
        if (text.StartsWith('r'))
        {
            return context.Width is { } all ? Answers.Set(CpuSet.Range(0, all - 1)) : Answers.NeedsCpus;
        }

        var answer = LibvirtList.Bitmap(text, Width);
        if (answer is not CpuSetAnswer.Parsed { Set: var set })
        {
            return answer;
        }

        if (set.IsEmpty)
        {
            return Answers.Refuse(text, Kind, "nothing is left of it");
        }

        return set.Last >= context.Width
            ? Answers.Refuse(text, Kind, $"CPU {set.Last} is not on a host with {context.Width} CPUs")
            : answer;
    }
}
