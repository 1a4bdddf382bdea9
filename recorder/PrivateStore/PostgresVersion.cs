using System.Globalization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>The choice among the PostgreSQL versions of a machine; pure.</summary>
internal static class PostgresVersion
{
    /// <summary>The oldest major version the store works with.</summary>
    public const int Oldest = 15;

    /// <summary>`postgres (PostgreSQL) 15.18 (Debian ...)` is 15; null where the text is not that.</summary>
    public static int? Major(string printed)
    {
        var number = printed
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => char.IsAsciiDigit(word[0]));
        var major = number?.Split('.', 'b', 'd', 'r')[0];
        return int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : null;
    }

    /// <summary>
    /// The binaries to use: of the version that made the cluster, for a new one the newest; null where the machine has
    /// none that could serve, so that a package has to be fetched.
    /// </summary>
    public static PostgresBinaries? Choose(IReadOnlyList<PostgresBinaries> found, int? cluster, string data)
    {
        if (cluster is not { } major)
        {
            return found.Where(one => one.Major >= Oldest).MaxBy(one => one.Major);
        }

        if (major < Oldest)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"{data} was made by PostgreSQL {major}; this program needs {Oldest} or later",
                $"bring it over with pg_upgrade, or put it aside and start anew: mv {data} {data}.{major}");
        }

        var here = string.Join(" and ", found.Select(one => one.Major).Distinct());
        var same = found.FirstOrDefault(one => one.Major == major);
        return same is not null || found.Count == 0
            ? same
            : throw new Refusal(
                ExitCode.StoreUnreachable,
                $"{data} was made by PostgreSQL {major}, but this machine has only {here}",
                $"install postgresql-{major}, or put the folder aside and start anew: mv {data} {data}.{major}");
    }
}
