using System.Text;
using System.Text.Json;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>
/// The properties of one option of QEMU, written <c>first,key=value,…</c> (a comma in a value is doubled) or, since libvirt 6.6, as JSON. A key may come
/// several times, which is how both forms write lists.
/// </summary>
internal sealed class QemuOption
{
    private readonly List<(string Key, string Value)> _properties = [];

    private QemuOption(string first) => First = first;

    /// <summary>What stands before the first comma without a key: the kind or the value itself; empty in JSON.</summary>
    public string First { get; }

    public string? this[string key] => _properties.Where(one => one.Key == key).Select(one => one.Value).LastOrDefault();

    public IEnumerable<string> All(string key) => _properties.Where(one => one.Key == key).Select(one => one.Value);

    public bool IsOn(string key) => this[key] is "on" or "yes" or "true";

    /// <summary>Reads an option; null where it begins like JSON and is none.</summary>
    public static QemuOption? Parse(string text) => text.StartsWith('{') ? OfJson(text) : OfPairs(text);

    private static QemuOption OfPairs(string text)
    {
        var parts = Parts(text);
        var isPair = parts[0].Contains('=');
        var option = new QemuOption(isPair ? "" : parts[0]);
        foreach (var part in parts.Skip(isPair ? 0 : 1))
        {
            var equals = part.IndexOf('=');
            option._properties.Add(equals < 0 ? (part, "on") : (part[..equals], part[(equals + 1)..]));
        }

        return option;
    }

    private static List<string> Parts(string text)
    {
        var (parts, part) = (new List<string>(), new StringBuilder());
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != ',')
            {
                part.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == ',')
            {
                part.Append(',');
                at++;
            }
            else
            {
                parts.Add(part.ToString());
                part.Clear();
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static QemuOption? OfJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var option = new QemuOption("");
            foreach (var member in json.RootElement.EnumerateObject())
            {
                option.Add(member.Name, member.Value);
            }

            return option;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add(string key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var one in value.EnumerateArray())
                {
                    Add(key, one);
                }

                break;
            case JsonValueKind.True or JsonValueKind.False:
                _properties.Add((key, value.GetBoolean() ? "on" : "off"));
                break;
            default:
                _properties.Add((key, value.ToString()));
                break;
        }
    }
}
