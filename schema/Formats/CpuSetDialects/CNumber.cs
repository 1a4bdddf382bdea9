namespace NumaHistory.Schema.Formats.CpuSetDialects;

/// <summary>
/// A number as C read it: magnitude, sign, and whether it went past 64 bits (the magnitude is then the largest).
/// </summary>
internal readonly record struct CNumber(ulong Magnitude, bool Negative, bool Overflow)
{
    /// <summary>What strtoul returns: -1 is the largest number.</summary>
    public ulong Unsigned => Negative && !Overflow ? unchecked(0 - Magnitude) : Magnitude;

    /// <summary>What libvirt's virStrToLong_i takes: a 32-bit int, or null.</summary>
    public int? Int => (Negative, Magnitude) switch
    {
        (false, <= int.MaxValue) => (int)Magnitude,
        (true, <= int.MaxValue) => -(int)Magnitude,
        _ => null,
    };
}
