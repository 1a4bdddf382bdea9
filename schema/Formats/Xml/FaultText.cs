using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// The words of a fault, put together only where they are kept: a hostile document has a fault in each of its elements, and a CPU
/// set takes longer to be written than to be read.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct FaultText
{
    private readonly StringBuilder? _text;

    public FaultText(int literals, int holes, XmlFaults faults, out bool isKept)
    {
        isKept = !faults.IsFull;
        _text = isKept ? new StringBuilder(literals + (holes * 8)) : null;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

    public override string ToString() => _text?.ToString() ?? "";
}
