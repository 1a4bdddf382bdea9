using Npgsql;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Journal;

/// <summary>The stretches of time of which a host's memory is recorded already, by whatever source.</summary>
internal static class Covered
{
    private const string Blocks = """
        select first_at, last_at from numa.memory_block where host = $1 and last_at >= $2 and first_at <= $3 order by first_at
        """;

    /// <summary>The samples, in order of time, that lie in none of them.</summary>
    public static async Task<IReadOnlyList<MemorySample>> LeaveOutAsync(
        NpgsqlDataSource source, string host, IReadOnlyList<MemorySample> samples, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Blocks);
        command.Parameters.Add(new() { Value = host });
        command.Parameters.Add(new() { Value = samples[0].At });
        command.Parameters.Add(new() { Value = samples[^1].At });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var left = new List<MemorySample>(samples.Count);
        var next = 0;
        while (await rows.ReadAsync(cancel))
        {
            var (first, last) = (rows.GetFieldValue<DateTimeOffset>(0), rows.GetFieldValue<DateTimeOffset>(1));
            for (; next < samples.Count && samples[next].At < first; next++)
            {
                left.Add(samples[next]);
            }

            while (next < samples.Count && samples[next].At <= last)
            {
                next++;
            }
        }

        left.AddRange(samples.Skip(next));
        return left;
    }
}
