using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Observing;

/// <summary>
/// Something a source could not use: where (path below the source's root, line if one), and what was found there. Column is
/// counted from 1; it is told of XML alone, where a line holds many things.
/// </summary>
public sealed record Problem(string Path, int? Line, [property: JsonPropertyName("problem")] string What)
{
    /// <summary>The column in that line, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Column { get; init; }

    /// <summary>The same problem in the file of that name.</summary>
    public Problem With(string path) => this with { Path = path };

    /// <summary><c>sys/devices/system/node/node2/meminfo:1: 'many' is not a number</c></summary>
    public override string ToString() => (Line, Column) switch
    {
        (null, _) => $"{Path}: {What}",
        ({ } line, null) => $"{Path}:{line}: {What}",
        ({ } line, { } column) => $"{Path}:{line}:{column}: {What}",
    };
}
