using System.Globalization;
using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>
/// virTypedParameter: a name of at most 79 bytes, a type, and a value of eight bytes or a pointer to text.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TypedParameter
{
    private const int NameLength = 80;

    private fixed byte _name[NameLength];
    private int _type;
    private long _value;

    public string Name
    {
        get
        {
            fixed (byte* name = _name)
            {
                return NativeText.Copy(name) ?? "";
            }
        }
    }

    /// <summary>The value as text, whatever its type.</summary>
    public readonly string Value => _type switch
    {
        1 => Text(unchecked((int)_value)),
        2 => Text(unchecked((uint)_value)),
        3 => Text(_value),
        4 => Text(unchecked((ulong)_value)),
        5 => Text(BitConverter.Int64BitsToDouble(_value)),
        6 => unchecked((byte)_value) == 0 ? "no" : "yes",
        7 => NativeText.Copy((byte*)_value) ?? "",
        _ => "",
    };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
