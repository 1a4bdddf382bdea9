using System.Text;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Something in a meminfo file that cannot be true. Line counts from 1, null = the file as a whole. Start and Length
/// are the place of the value in the text, so that nothing is allocated until somebody asks what it says.
/// </summary>
public readonly record struct MeminfoFault(MeminfoFaultKind Kind, int? Line, int Start, int Length)
{
    private const int Shown = 40;

    /// <summary>The fault in words, <c>'many' is not a number</c>, for the text that it was found in.</summary>
    public string Describe(ReadOnlySpan<byte> text) => Kind switch
    {
        MeminfoFaultKind.Empty => "is empty",
        MeminfoFaultKind.NoTotal => "has no MemTotal",
        MeminfoFaultKind.NotANumber when Length == 0 => "a number is missing",
        MeminfoFaultKind.NotANumber => $"'{Value(text)}' is not a number",
        MeminfoFaultKind.TooLarge => $"'{Value(text)}' is too large to be true",
        MeminfoFaultKind.WrongUnit => $"'{Value(text)}' is not in the unit this line has",
        _ => $"'{Value(text)}' is cut off",
    };

    private string Value(ReadOnlySpan<byte> text)
    {
        var value = Encoding.UTF8.GetString(text.Slice(Start, Math.Min(Length, Shown)));
        return string.Concat(value.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
