namespace NumaHistory.Schema.Pinning;

/// <summary>libvirt's words for how hard memory is bound.</summary>
internal static class MemoryModeText
{
    public static string Of(MemoryMode mode) => mode switch
    {
        MemoryMode.Preferred => "preferred",
        MemoryMode.Interleave => "interleave",
        MemoryMode.Restrictive => "restrictive",
        _ => "strict",
    };
}
