using System.Text;

namespace NumaHistory.Query.Rendering;

internal static class TextStream
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text as UTF-8, without a byte order mark and with line feeds only.</summary>
    public static void WriteText(this Stream output, Action<TextWriter> write)
    {
        using var text = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };
        write(text);
    }
}
