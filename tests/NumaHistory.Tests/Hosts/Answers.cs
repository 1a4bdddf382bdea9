using System.Globalization;
using System.Text.Json;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Hosts;

/// <summary>
/// Collects where a reading differs from what another tool says, each as <c>what: expected X, seen Y</c>.
/// </summary>
internal sealed class Answers(SysfsReading seen, JsonElement expected)
{
    private readonly List<string> _differences = [];

    public SysfsReading Seen => seen;

    public JsonElement Expected => expected;

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>How many values were compared.</summary>
    public int Compared { get; private set; }

    public Cell? Cell(int id) => seen.Topology.Find(id);

    public Schema.Memory.CellMemory? Memory(int id) => seen.Memory.Cells.FirstOrDefault(cell => cell.Id == id);

    public void Same(string what, object? wanted, object? found)
    {
        Compared++;
        var (x, y) = (Text(wanted), Text(found));
        if (x != y)
        {
            _differences.Add($"{what}: expected {x}, seen {y}");
        }
    }

    /// <summary>Compares a set that a JSON value gives, when it gives one.</summary>
    public void SameSet(string what, JsonElement? wanted, CpuSet? found)
    {
        if (wanted is { ValueKind: JsonValueKind.String } text)
        {
            Same(what, CpuSet.Parse(text.GetString()!), found);
        }
    }

    public void SameNumber(string what, JsonElement? wanted, long? found)
    {
        if (wanted is { ValueKind: JsonValueKind.Number } number)
        {
            Same(what, number.GetInt64(), found);
        }
    }

    public static JsonElement? Get(JsonElement? value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            value = value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var inner)
                ? inner : null;
        }

        return value;
    }

    public static IEnumerable<JsonElement> Items(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject() : [];

    public static int Id(JsonElement cell) => cell.GetProperty("id").GetInt32();

    public static string Row(IEnumerable<int> numbers) => string.Join(' ', numbers);

    private static string Text(object? value) => value switch
    {
        null => "unknown",
        CpuSet { IsEmpty: true } => "none",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
