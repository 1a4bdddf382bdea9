using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Benchmarks.Workload;

namespace NumaHistory.Benchmarks.Placement;

/// <summary>
/// What it costs to keep the gauge of a whole fleet fresh, samples of many hosts in a statement: processor time of the server's process and of this
/// one, for 80,000 cells.
/// </summary>
internal static class GaugeRefresh
{
    private const int HostsAtOnce = 250;
    private const int Rounds = 6;
    private const int Interval = 10;
    private const double Ticks = 100;
    private const long CellKiB = 256L << 20;
    private const string Pages = """[{"sizeKiB": 2048, "free": 0}]""";

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 1, 0, 0, TimeSpan.Zero);

    public static void Measure(NpgsqlDataSource source, int hosts, TextWriter output)
    {
        var names = Names(source);
        var cells = names.Select((_, host) => Enumerable.Range(0, PlacementFleet.Cells).Select(cell => new CellModel(7, host, cell, Interval).FreePages(Rounds)).ToList()).ToList();
        using var connection = source.OpenConnection();
        var (server, client) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (before, own) = (Cpu(connection.ProcessID), Figures.Cpu);
            foreach (var some in Enumerable.Range(0, names.Count).Chunk(HostsAtOnce))
            {
                Write(connection, [.. some.SelectMany(host => cells[host].Select((free, cell) => (names[host], cell, Math.Min(CellKiB, free[round] * 4L))))], Start.AddSeconds(round * Interval));
            }

            server.Add(Cpu(connection.ProcessID) - before);
            client.Add((Figures.Cpu - own).TotalSeconds);
        }

        // The first round brings samples of another fleet.
        var scale = 80_000.0 / (hosts * PlacementFleet.Cells);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"80,000 cells kept fresh: {Figures.Median(server.Skip(1)) * scale:0.00} s of the server's processor time, {Figures.Median(client.Skip(1)) * scale:0.00} s of the writer's, every {Interval} s"));
    }

    private static List<string> Names(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand("select host_key from numa.host order by host_key");
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private static void Write(NpgsqlConnection connection, IReadOnlyList<(string Host, int Cell, long FreeKiB)> cells, DateTimeOffset at)
    {
        using var command = new NpgsqlCommand("select numa.apply_gauges($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", connection)
        {
            Parameters =
            {
                Column(cells.Select(cell => cell.Host)),
                Column(cells.Select(cell => cell.Cell)),
                Column(cells.Select(_ => PlacementFleet.Cells)),
                Column(cells.Select(_ => "sysfs")),
                Column(cells.Select(_ => at)),
                Column(cells.Select(_ => (long?)Interval * 1000)),
                Column(cells.Select(_ => CellKiB)),
                Column(cells.Select(cell => cell.FreeKiB)),
                Column(cells.Select(_ => (long?)null)),
                new() { Value = cells.Select(_ => Pages).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            },
        };
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter Column<T>(IEnumerable<T> values) => new() { Value = values.ToArray() };

    // utime and stime, see proc(5).
    private static double Cpu(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / Ticks;
    }
}
