using System.Globalization;
using System.Text;

namespace NumaHistory.Schema.Text;

/// <summary>
/// How many terminal columns text takes: two for East Asian wide characters, none for combining marks.
/// </summary>
internal static class DisplayWidth
{
    // Unicode 16 EastAsianWidth.txt, W and F, in runs; small gaps are unassigned
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x2614, 0x2615), (0x2705, 0x2705), (0x274C, 0x274C),
        (0x2753, 0x2755), (0x2795, 0x2797), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0xA4CF),
        (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6),
        (0x17000, 0x18CFF), (0x1B000, 0x1B2FF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    public static int Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    private static int Of(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        return Array.Exists(Wide, run => rune.Value >= run.First && rune.Value <= run.Last) ? 2 : 1;
    }
}
