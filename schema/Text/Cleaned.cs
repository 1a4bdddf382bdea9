using System.Buffers;
using System.Globalization;
using System.Text;

namespace NumaHistory.Schema.Text;

/// <summary>
/// Foreign text (guest names, file contents, arguments) made safe to print: whatever could steer a terminal or hide
/// text is shown as an escape such as <c>\x1b</c> or <c>\u202e</c>. Printable text in any script stays as it is; the
/// result is always one line.
/// </summary>
public static class Cleaned
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The text as it may be printed; the same object when there is nothing to change.</summary>
    public static string Text(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(Plain);
        return first < 0 ? text : Rewritten(text, first);
    }

    private static string Rewritten(string text, int plain)
    {
        var clean = new StringBuilder(text.Length + 16).Append(text, 0, plain);
        for (var i = plain; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
                i++;
                continue;
            }

            Append(clean, rune);
            i += rune.Utf16SequenceLength;
        }

        return clean.ToString();
    }

    private static void Append(StringBuilder clean, Rune rune)
    {
        if (!IsHidden(rune))
        {
            clean.Append(rune.ToString());
            return;
        }

        _ = rune.Value switch
        {
            '\n' => clean.Append("\\n"),
            '\r' => clean.Append("\\r"),
            '\t' => clean.Append("\\t"),
            < 0x100 => clean.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            < 0x10000 => clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => clean.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
