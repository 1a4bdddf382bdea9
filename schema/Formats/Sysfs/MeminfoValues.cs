using System.Runtime.CompilerServices;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The numbers of the kept lines; a line that is not there, or cannot be used, has none.</summary>
internal struct MeminfoValues
{
    private Numbers _numbers;
    private uint _known;

    public readonly long? this[MeminfoField field] => (_known >> (int)field & 1) != 0 ? _numbers[(int)field] : null;

    public void Set(MeminfoField field, long value)
    {
        _known |= 1u << (int)field;
        _numbers[(int)field] = value;
    }

    [InlineArray(MeminfoKeys.Count)]
    private struct Numbers
    {
        private long _first;
    }
}
