namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// Finds a tag with absurdly many attributes before the XML reader does: it compares each with all the others, which takes longer
/// than all that is allowed here. Between two <c>&lt;</c> there are at least as many <c>=</c> as the tag has attributes, in every
/// encoding that is read.
/// </summary>
internal static class CrowdedTag
{
    private const int Most = 20_000;

    /// <summary>Where such a tag begins, or null.</summary>
    public static XmlPlace? In(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (bytes.Length - start > Most)
        {
            var length = bytes[(start + 1)..].IndexOf((byte)'<') + 1;
            var tag = length == 0 ? bytes[start..] : bytes.Slice(start, length);
            if (tag.Length > Most && tag.Count((byte)'=') > Most)
            {
                var before = bytes[..start];
                return new XmlPlace(before.Count((byte)'\n') + 1, start - before.LastIndexOf((byte)'\n'));
            }

            if (length == 0)
            {
                break;
            }

            start += length;
        }

        return null;
    }
}
