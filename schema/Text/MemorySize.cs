using System.Globalization;
using System.Numerics;

namespace NumaHistory.Schema.Text;

/// <summary>
/// Amounts of memory as text (CLI.md SIZE); the value is whole KiB. Units are binary: 2G is 2 GiB. KB, MB and GB are
/// refused, because programs do not agree on whether they are binary.
/// </summary>
public static class MemorySize
{
    /// <summary>The largest amount taken, so that its bytes fit 63 bits too.</summary>
    public const long MaxKiB = long.MaxValue / 1024;

    private const int LongestText = 60;
    private const int Mebi = 2;
    private const string Letters = "KMGTPE";

    /// <summary>
    /// Reads <c>16GiB</c>, <c>512 MiB</c>, <c>2G</c>, <c>1.5GiB</c>, <c>2097152B</c>; null when it is no whole number
    /// of KiB. Fractions of MiB and larger units are cut to whole KiB.
    /// </summary>
    public static long? TryParse(string text) => Read(text).KiB;

    /// <summary>Like <see cref="TryParse"/>; refuses with the option's name and advice.</summary>
    public static long Parse(string option, string text)
    {
        var (size, why) = Read(text);
        return size ?? throw new Refusal(ExitCode.Usage, $"{option}: '{text}' {why}");
    }

    /// <summary>
    /// The canonical form, in the largest unit that leaves no fraction: <c>2GiB</c>, <c>1536MiB</c>, <c>0KiB</c>.
    /// </summary>
    public static string Print(long sizeKiB)
    {
        var power = 0;
        for (; sizeKiB != 0 && sizeKiB % 1024 == 0 && power < Letters.Length - 1; power++)
        {
            sizeKiB /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{sizeKiB}{Letters[power]}iB");
    }

    /// <summary>
    /// For tables: <c>1.9 GiB</c>, <c>64 GiB</c>, <c>512 KiB</c>. Cut, not rounded: a cell never looks as if it had
    /// more than it has.
    /// </summary>
    public static string Human(long sizeKiB)
    {
        var power = 0;
        var unit = 1L;
        for (; Math.Abs(sizeKiB / unit) >= 1024 && power < Letters.Length - 1; power++)
        {
            unit *= 1024;
        }

        var tenths = decimal.Truncate((decimal)sizeKiB * 10 / unit) / 10;
        var exact = sizeKiB % unit == 0;
        return $"{tenths.ToString(exact ? "0" : "0.0", CultureInfo.InvariantCulture)} {Letters[power]}iB";
    }

    private static (long? KiB, string Why) Read(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var end = trimmed.IndexOfAnyExcept("0123456789.");
        var number = end < 0 ? trimmed : trimmed[..end];
        var unit = end < 0 ? "" : trimmed[end..].TrimStart(' ').ToString();
        if (trimmed.Length > LongestText || !IsNumber(number))
        {
            return (null, "is not a size; write it like 16GiB, 512MiB or 2G");
        }

        if (unit.Length == 0)
        {
            return (null, $"has no unit; write {number}GiB or {number}MiB");
        }

        if (Power(unit) is not { } power)
        {
            return (null, IsDecimal(unit)
                ? $"may mean powers of 1000 or of 1024; write {number}{char.ToUpperInvariant(unit[0])}iB"
                : "is not a size; write it like 16GiB, 512MiB or 2G");
        }

        return Whole(number, power);
    }

    private static (long? KiB, string Why) Whole(ReadOnlySpan<char> number, int power)
    {
        var point = number.IndexOf('.');
        var decimals = point < 0 ? 0 : number.Length - point - 1;
        var plain = number.ToString().Replace(".", "", StringComparison.Ordinal);
        var digits = BigInteger.Parse(plain, CultureInfo.InvariantCulture);
        var bytes = BigInteger.DivRem(digits << (10 * power), BigInteger.Pow(10, decimals), out var below);
        // A size that was printed, such as 7.8 GiB, can be typed: it was cut too.
        if (power < Mebi && (!below.IsZero || bytes % 1024 != 0))
        {
            return (null, "is not a whole number of KiB");
        }

        var size = bytes / 1024;
        return size <= MaxKiB ? ((long)size, "") : (null, "is more memory than can be counted");
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '.' && text[^1] != '.' && text.Count('.') <= 1;

    private static int? Power(string unit)
    {
        var upper = unit.ToUpperInvariant();
        var power = Letters.IndexOf(upper[0], StringComparison.Ordinal) + 1;
        return (upper, power) switch
        {
            ("B", _) => 0,
            ([_] or [_, 'I', 'B'], > 0) => power,
            _ => null,
        };
    }

    private static bool IsDecimal(string unit) =>
        unit.Length == 2 && unit[1] is 'B' or 'b'
        && Letters.Contains(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal);
}
