using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>Finds the host somebody names: by name or key, else by a name it once had.</summary>
internal static class HostLookup
{
    private const int Listed = 12;

    /// <summary>
    /// Asks for a host by the word given; where that finds none, once more by the key of the one that had this name
    /// before.
    /// </summary>
    public static T Ask<T>(
        StoreReader store,
        string? host,
        Func<string?, T> ask,
        Func<T, IReadOnlyList<HostRow>> found,
        CancellationToken cancel)
    {
        var answer = ask(host);
        if (host is null)
        {
            return answer;
        }

        if (found(answer).Count == 0)
        {
            answer = ask(Former(store, host, cancel));
        }

        return found(answer) is { Count: > 1 } several ? throw Ambiguous(host, several.Select(row => row.Key)) : answer;
    }

    /// <summary>The one host of a verb that answers for one: the one named, else the only one there is.</summary>
    public static HostRow One(IReadOnlyList<HostRow> hosts, string what) => hosts switch
    {
        [var one] => one,
        [] => throw new Refusal(ExitCode.Unknown, "no host is recorded yet", "numa-recorder sample"),
        _ => throw new Refusal(
            ExitCode.Usage, $"{what} needs a HOST, there are several: {List(hosts.Select(row => row.Name))}"),
    };

    /// <summary>The row of the one host that is named, or of the only one.</summary>
    public static HostRow One(StoreReader store, string? host, string what, CancellationToken cancel) =>
        One(
            Ask(store, host, word => store.Ask(new HostsQuestion(HostFilter.Named(word)), cancel), rows => rows, cancel),
            what);

    private static string Former(StoreReader store, string host, CancellationToken cancel)
    {
        var (keys, all) = store.Ask(new FormerNameQuestion(host), new HostsQuestion(HostFilter.All), cancel);
        return keys switch
        {
            [var key] => key,
            [] => throw Unknown(host, [.. all.Select(row => row.Name)]),
            _ => throw Ambiguous(host, keys),
        };
    }

    private static Refusal Ambiguous(string host, IEnumerable<string> keys) => new(
        ExitCode.Usage, $"'{host}' means several hosts: {List(keys)}", "name one of them by its key");

    private static Refusal Unknown(string host, IReadOnlyList<string> names) => new(
        ExitCode.Unknown,
        names.Count == 0 ? $"no host '{host}': none is recorded yet" : $"no host '{host}'; known are {List(names)}",
        names.Count == 0 ? "numa-recorder sample"
            : Nearest.Of(host, names) is { } near ? $"did you mean {near}?" : "numa-history hosts");

    private static string List(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        return all.Count <= Listed
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(Listed))} and {all.Count - Listed} more";
    }
}
