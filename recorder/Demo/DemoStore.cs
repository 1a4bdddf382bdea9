using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Demo;

/// <summary>What a store holds of the demo already: it is never mixed with anybody's recordings.</summary>
internal static class DemoStore
{
    /// <summary>When the demo in the store begins, null where the store is empty; one with other hosts is refused.</summary>
    public static async Task<DateTimeOffset?> BeginAsync(OpenStore store, CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand("select name, first_seen from numa.host");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        DateTimeOffset? begin = null;
        while (await rows.ReadAsync(cancel))
        {
            var name = rows.GetString(0);
            if (name != DemoHosts.A.Name && name != DemoHosts.B.Name && name != DemoHosts.C.Name)
            {
                throw new Refusal(
                    ExitCode.Usage,
                    $"--demo: the store holds recordings of {name}; the demo is not mixed with them",
                    "XDG_STATE_HOME=$(mktemp -d) numa-recorder up --demo");
            }

            var first = rows.GetFieldValue<DateTimeOffset>(1);
            begin = begin is null || first < begin ? first : begin;
        }

        return begin;
    }

    /// <summary>The keys of its hosts.</summary>
    public static async Task<IReadOnlyList<string>> HostsAsync(OpenStore store, CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand("select host_key from numa.host order by name");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var keys = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            keys.Add(rows.GetString(0));
        }

        return keys;
    }
}
