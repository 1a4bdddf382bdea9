using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Connecting;

public sealed class StoreAddressTests
{
    private const string SystemFile = "/etc/numahistory/config.json";
    private const string UserFile = "/somewhere/.config/numahistory/config.json";

    [Fact]
    public void Without_any_word_about_a_server_it_is_the_private_store()
    {
        var address = Resolve(null, new() { ["HOME"] = "/somewhere", ["PGUSER"] = "ann", ["PGPASSFILE"] = "/x" });

        Assert.True(address.IsPrivate);
    }

    [Fact]
    public void The_option_wins_then_the_variable_then_PG_then_the_machines_file_then_the_users()
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = "/somewhere",
            ["NUMAHISTORY_DB"] = "host=variable",
            ["PGHOST"] = "pg",
        };
        var files = new Dictionary<string, string>
        {
            [SystemFile] = """{"db": "host=machine"}""",
            [UserFile] = """{"db": "host=user"}""",
        };

        var found = new List<string>();
        found.Add(Host(Resolve("host=option", environment, files)));
        found.Add(Host(Resolve(null, environment, files)));
        environment.Remove("NUMAHISTORY_DB");
        found.Add(Host(Resolve(null, environment, files)));
        environment.Remove("PGHOST");
        found.Add(Host(Resolve(null, environment, files)));
        files.Remove(SystemFile);
        found.Add(Host(Resolve(null, environment, files)));

        Assert.Equal(["option", "variable", "pg", "machine", "user"], found);
    }

    [Theory]
    [InlineData("host=db.example dbname=n", "Host=db.example;Database=n;SSL Mode=VerifyFull")]
    [InlineData("host=db.example sslmode=require", "Host=db.example;SSL Mode=require")]
    [InlineData("host = 'db.example'  user = 'a \\' b'", "Host=db.example;Username=\"a ' b\";SSL Mode=VerifyFull")]
    [InlineData("host=/run/pg port=5433 dbname=n", "Host=/run/pg;Port=5433;Database=n")]
    [InlineData("dbname=n", "Host=/var/run/postgresql;Database=n")]
    [InlineData("host=localhost", "Host=localhost")]
    [InlineData(
        "postgresql://ann@db.example:5433/n", "Host=db.example;Port=5433;Username=ann;Database=n;SSL Mode=VerifyFull")]
    [InlineData("postgres://%2Frun%2Fpg/n", "Host=/run/pg;Database=n")]
    [InlineData("postgresql:///n?host=/run/pg&port=6", "Host=/run/pg;Port=6;Database=n")]
    [InlineData(
        "postgresql://a:1,b:2/n?target_session_attrs=read-write",
        "Host=a:1,b:2;Database=n;Target Session Attributes=readwrite;SSL Mode=VerifyFull")]
    [InlineData("postgresql://[::1]:5433/n", "Host=[::1];Port=5433;Database=n")]
    [InlineData(
        "postgresql://db/n?sslmode=verify-ca&options=-c%20geqo%3Doff",
        "Host=db;Database=n;SSL Mode=verifyca;Options=\"-c geqo=off\"")]
    public void Words_of_libpq_become_words_of_the_driver(string written, string expected)
    {
        var address = Resolve(written, []);

        Assert.Equal(expected, address.ToNpgsql());
        Assert.Equal(address.Parameters, LibpqKeywords.Parse(LibpqKeywords.Print(address.Parameters!), "test"));
    }

    [Fact]
    public void What_the_option_leaves_open_the_environment_fills_as_for_psql()
    {
        var address = Resolve(
            "dbname=n", new() { ["PGHOST"] = "db", ["PGSSLMODE"] = "require", ["PGDATABASE"] = "other" });

        Assert.Equal("Host=db;Database=n;SSL Mode=require", address.ToNpgsql());
    }

    [Theory]
    [InlineData("host=db password=geheim")]
    [InlineData("host=db PASSWORD = 'geheim'")]
    [InlineData("host=db sslpassword=geheim")]
    [InlineData("postgresql://ann:geheim@db/n")]
    [InlineData("postgresql://db/n?password=geheim")]
    [InlineData("postgresql://db/n?passw%6Frd=geheim")]
    public void A_password_is_refused_and_not_repeated(string written)
    {
        var refusal = Assert.Throws<Refusal>(() => Resolve(written, []));

        Assert.Equal(ExitCode.Usage, refusal.Code);
        Assert.Contains("PGPASSFILE", refusal.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.Message + refusal.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numahistory")]
    [InlineData("host='db")]
    [InlineData("host=db port=x")]
    [InlineData("host=db port=70000")]
    [InlineData("host=a,b port=1,2,3")]
    [InlineData("host=db sslmode=maybe")]
    [InlineData("host=db nonsense=1")]
    [InlineData("host=db hostaddr=10.0.0.1")]
    [InlineData("postgresql://db/n?flag")]
    [InlineData("postgresql://db%zz/n")]
    public void What_cannot_be_understood_is_a_usage_error(string written)
    {
        var refusal = Assert.Throws<Refusal>(() => Resolve(written, []));

        Assert.Equal(ExitCode.Usage, refusal.Code);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"db": 5}""")]
    public void A_broken_config_file_is_named(string text)
    {
        var refusal = Assert.Throws<Refusal>(() => Resolve(null, [], new() { [SystemFile] = text }));

        Assert.StartsWith(SystemFile, refusal.Message, StringComparison.Ordinal);
    }

    private static string Host(StoreAddress address) => address.Parameters!["host"];

    private static StoreAddress Resolve(
        string? option, Dictionary<string, string> environment, Dictionary<string, string>? files = null) =>
        StoreAddress.Resolve(
            option, name => environment.GetValueOrDefault(name), path => files?.GetValueOrDefault(path));
}
