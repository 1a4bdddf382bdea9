using System.Text.Json;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Query.Reading;

/// <summary>The column pages of numa.cell_now: <c>[{"sizeKiB":2048,"free":32}]</c>.</summary>
internal static class FreePagesText
{
    public static IReadOnlyList<FreePages>? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(pool => new FreePages(
            pool.GetProperty("sizeKiB").GetInt64(),
            pool.TryGetProperty("free", out var free) && free.ValueKind == JsonValueKind.Number
                ? free.GetInt64()
                : null))];
    }
}
