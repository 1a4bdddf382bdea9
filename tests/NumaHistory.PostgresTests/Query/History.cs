using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Query;
using NumaHistory.Query.Reading;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>Runs numa-history in this process against a test's store, at noon plus a day.</summary>
internal static class History
{
    public static Task<Outcome> AskAsync(this PostgresDatabase store, string line) =>
        store.AskAsync(line, Some.Noon.AddDays(1));

    public static Task<Outcome> AskAsync(this PostgresDatabase store, string line, DateTimeOffset now)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var around = Around(store, now, output, error);
        var code = Application.Run(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries), around, TestContext.Current.CancellationToken);
        return Task.FromResult(new Outcome(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString()));
    }

    /// <summary>What numa-history asks the store with.</summary>
    public static StoreReader Reader(PostgresDatabase store, DateTimeOffset now)
    {
        var around = Around(store, now, Stream.Null, TextWriter.Null);
        return new StoreReader(() => StoreTargets.Find(null, around), TimeSpan.FromSeconds(30));
    }

    private static Surroundings Around(PostgresDatabase store, DateTimeOffset now, Stream output, TextWriter error) => new(
        output,
        error,
        TextReader.Null,
        new FakeTimeProvider(now),
        name => name == "NUMAHISTORY_DB" ? Keywords(store.ConnectionString) : null,
        _ => null,
        IsTerminal: false,
        IsRoot: false);

    // A container's server wants a password, which no connection text may hold.
    internal static string Keywords(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var words = $"host={given.Host} port={given.Port} user={given.Username} dbname={given.Database}";
        if (given.Password is not { Length: > 0 } password)
        {
            return words;
        }

        var file = Path.Combine(Path.GetTempPath(), $"numa-test-{given.Port}.pgpass");
        File.WriteAllText(file, $"*:*:*:*:{password}\n");
        return $"{words} passfile={file}";
    }

    internal sealed record Outcome(int Code, string Out, string Err)
    {
        public JsonElement[] Items()
        {
            Assert.True(Out.Length > 0, Err);
            using var document = JsonDocument.Parse(Out);
            return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(item => item.Clone())];
        }

        public JsonElement Item() => Assert.Single(Items());
    }
}
