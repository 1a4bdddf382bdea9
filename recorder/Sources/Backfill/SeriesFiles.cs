using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.Series;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>Files of memory samples that other programs took.</summary>
/// <param name="host">The name of the one machine in them, or null for what the series call their machines.</param>
/// <param name="input">What <c>-</c> stands for.</param>
internal sealed class SeriesFiles(string? host, Stream input)
{
    /// <summary>Series of Prometheus; what cannot be used is an item too, never an exception.</summary>
    public IReadOnlyList<BacklogItem> Prometheus(string file) => Read(file, Prometheus, "promtool tsdb dump, or /api/v1/query_range for {__name__=~\"node_memory_numa_.*\"}, gives them");

    /// <summary>The memory of cells out of an archive of PCP, as pmrep prints it.</summary>
    public IReadOnlyList<BacklogItem> Pcp(string file) => Read(
        file, PmrepCsv.Read, "pmrep -a ARCHIVE -o csv -f '%Y-%m-%dT%H:%M:%S%z' mem.numa.util.total mem.numa.util.free prints it");

    private IReadOnlyList<BacklogItem> Read(string file, Func<string, TextReader, MemorySeries, IReadOnlyList<Problem>> read, string hint)
    {
        try
        {
            using var text = TextFile.Open(file, input);
            var series = new MemorySeries();
            var problems = read(file, text, series);
            return series.Instances.Count > 0 || problems.Count > 0
                ? [.. Hosts(file, series), .. problems.Count > 0 ? [new BacklogItem(file, null, problems)] : Array.Empty<BacklogItem>()]
                : [new BacklogItem(file, null, [], $"{file}: holds no memory of cells", hint)];
        }
        catch (SourceUnusableException unusable)
        {
            return [new BacklogItem(file, null, [], unusable.Message, unusable.Hint)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [new BacklogItem(file, null, [], $"{file}: cannot be read: {error.Message}")];
        }
    }

    private IEnumerable<BacklogItem> Hosts(string file, MemorySeries series)
    {
        if (host is not null && series.Instances.Count > 1)
        {
            return [new BacklogItem(
                file, null, [], $"{file}: --host {host} names one host, but the series are of {series.Instances.Count}: {string.Join(", ", series.Instances.Order(StringComparer.Ordinal))}",
                "leave --host out, or ask for the series of one instance")];
        }

        return series.Instances.Select(instance => (host ?? Name(instance)) is { } name && HostName.IsValid(name)
            ? new BacklogItem(file, new Backlog(name) { Samples = series.Samples(instance) }, [])
            : new BacklogItem(file, null, [], $"{file}: '{instance}' cannot name a host: {HostName.Rule}", "name it with --host"));
    }

    private static IReadOnlyList<Problem> Prometheus(string file, TextReader text, MemorySeries series)
    {
        // A dump begins with a brace as well, but its names have no quotes.
        var first = text.ReadLine() ?? "";
        return first.TrimStart().StartsWith("{\"", StringComparison.Ordinal) || first.Trim() == "{"
            ? PrometheusJson.Read(file, $"{first}\n{text.ReadToEnd()}", series)
            : PrometheusText.Read(file, new HeadedText(first, text), series);
    }

    // An instance is mostly HOST:PORT; the domain goes, as it does from a node's own name.
    private static string Name(string instance)
    {
        var name = instance.LastIndexOf(':') is var colon and > 0 && instance[(colon + 1)..].All(char.IsAsciiDigit) ? instance[..colon] : instance;
        return name.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? name : name.Split('.')[0];
    }
}
