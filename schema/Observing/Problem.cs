namespace NumaHistory.Schema.Observing;

/// <summary>Something a source could not use: where (path below the source's root, line if one), and what was found there.</summary>
public sealed record Problem(string Path, int? Line, [property: System.Text.Json.Serialization.JsonPropertyName("problem")] string What)
{
    /// <summary>The same problem in the file of that name.</summary>
    public Problem With(string path) => this with { Path = path };

    /// <summary><c>sys/devices/system/node/node2/meminfo:1: 'many' is not a number</c></summary>
    public override string ToString() => Line is { } line ? $"{Path}:{line}: {What}" : $"{Path}: {What}";
}
