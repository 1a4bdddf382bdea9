using System.Text;
using System.Xml;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Foreign text inside XML that is written by hand.</summary>
internal static class XmlText
{
    /// <summary>The text for content or an attribute in single quotes; characters that XML cannot hold are left out.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                escaped.Append(text, i++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                escaped.Append(Escaped(text[i]));
            }
        }

        return escaped.ToString();
    }

    // A carriage return that stands for itself would be read back as a line feed.
    private static string Escaped(char letter) => letter switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\'' => "&apos;",
        '\r' => "&#13;",
        _ => letter.ToString(),
    };
}
