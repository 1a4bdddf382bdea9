using System.Text.Json;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.Series;

/// <summary>The answer of <c>/api/v1/query_range</c> or <c>/api/v1/query</c> of Prometheus and what speaks its language.</summary>
public static class PrometheusJson
{
    /// <summary>Adds what the answer holds; an answer that is none, or a value that cannot be read, is a problem.</summary>
    public static IReadOnlyList<Problem> Read(string path, string text, MemorySeries series)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.TryGetProperty("error", out var error))
            {
                return [new Problem(path, null, $"the answer is an error: {error}")];
            }

            return root.TryGetProperty("data", out var data) && data.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Array
                ? [.. result.EnumerateArray().SelectMany(one => Series(path, one, series))]
                : [new Problem(path, null, "holds no data.result; ask /api/v1/query_range for {__name__=~\"node_memory_numa_.*\"}")];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return [new Problem(path, (int?)((wrong as JsonException)?.LineNumber + 1), "is no JSON answer of Prometheus; ask /api/v1/query_range again")];
        }
    }

    private static IEnumerable<Problem> Series(string path, JsonElement one, MemorySeries series)
    {
        if (!one.TryGetProperty("metric", out var labels)
            || PrometheusMetric.Of(name => labels.TryGetProperty(name, out var value) ? value.GetString() : null) is not { } metric)
        {
            yield break;
        }

        var points = one.TryGetProperty("values", out var values) ? values.EnumerateArray() : one.TryGetProperty("value", out var value) ? [value] : Enumerable.Empty<JsonElement>();
        foreach (var point in points)
        {
            if (PrometheusText.Add(series, metric, point[1].GetString(), point[0].GetDouble()) is { } what)
            {
                yield return new Problem(path, null, $"{what} ({metric.Kind} of cell {metric.Cell} of {metric.Instance}); the value is left out");
            }
        }
    }
}
