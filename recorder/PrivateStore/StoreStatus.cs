using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// What `store status` says. Connection is in libpq's words, psql a command line for a shell; both are given for a
/// store that is stopped as well. Pid and version are null where not known.
/// </summary>
internal sealed record StoreStatus(
    bool Running, string Connection, string Socket, string Psql, string State, int? Version, int? Pid, string Log);

/// <summary>Source-generated JSON of the status.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoreStatus))]
internal sealed partial class StoreStatusJson : JsonSerializerContext
{
    public static string Print(StoreStatus status)
    {
        // Quotes stay readable: this goes to a terminal or a script, never into a page.
        var options = new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return JsonSerializer.Serialize(status, new StoreStatusJson(options).StoreStatus);
    }
}
