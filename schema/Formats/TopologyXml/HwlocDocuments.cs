namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>Tells hwloc's XML, whose first element is a topology too, from those that are read here.</summary>
internal static class HwlocDocuments
{
    public const string Refusal = "is XML of hwloc, which is not read yet";

    private const int HeadLength = 1024;

    /// <summary>Whether a document names hwloc's document type, which is refused as any other.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, HeadLength)];
        return head.IndexOf("<!DOCTYPE topology"u8) >= 0 && head.IndexOf("hwloc"u8) >= 0;
    }
}
