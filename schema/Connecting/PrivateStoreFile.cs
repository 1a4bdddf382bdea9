using System.Text.Json;
using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Connecting;

/// <summary>
/// store.json in the state folder: how to reach the private store. It is written when the store is started and stays
/// when it stops; a reader takes Connection (libpq keywords) and finds out by connecting whether somebody answers.
/// </summary>
public sealed record PrivateStoreFile(string Connection, string Socket, int Version)
{
    /// <summary>The connection to the private store at a place, before or after it was started.</summary>
    public static IReadOnlyDictionary<string, string> Parameters(string socketFolder) => new Dictionary<string, string>
    {
        ["host"] = socketFolder,
        ["port"] = $"{PrivateStorePlace.Port}",
        ["dbname"] = PrivateStorePlace.Name,
        ["user"] = PrivateStorePlace.Name,
    };

    /// <summary>The file's text.</summary>
    public string Print() => JsonSerializer.Serialize(this, PrivateStoreJson.Default.PrivateStoreFile) + "\n";

    /// <summary>
    /// The file's content, or null where there is no file or it cannot be understood: starting the store writes it
    /// anew.
    /// </summary>
    public static PrivateStoreFile? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, PrivateStoreJson.Default.PrivateStoreFile);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The driver's connection string out of the file's text (null: there is no file).</summary>
    public static string ToNpgsql(string? text, PrivateStorePlace place) => Parse(text) is { Connection: { } known }
        ? NpgsqlText.Of(LibpqKeywords.Parse(known, place.File), place.File)
        : throw new Refusal(
            ExitCode.StoreUnreachable,
            $"there is no private store in {place.State} yet",
            "start one: numa-recorder up, or numa-recorder store start; or name a server with --db");
}

/// <summary>Source-generated JSON of store.json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PrivateStoreFile))]
internal sealed partial class PrivateStoreJson : JsonSerializerContext;
