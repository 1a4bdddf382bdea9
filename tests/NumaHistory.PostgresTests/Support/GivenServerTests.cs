using Npgsql;

namespace NumaHistory.PostgresTests.Support;

public sealed class GivenServerTests
{
    [Theory]
    [InlineData("host=db.example port=5433 user=tester dbname=scratch password=secret")]
    [InlineData("postgresql://tester:secret@db.example:5433/scratch")]
    public void A_connection_is_written_as_libpq_writes_it(string connection)
    {
        var given = new NpgsqlConnectionStringBuilder(new GivenServer(connection).ConnectionString);

        Assert.Equal(
            ("db.example", 5433, "tester", "scratch", "secret"),
            (given.Host, given.Port, given.Username, given.Database, given.Password));
    }

    [Fact]
    public void A_socket_folder_may_be_the_host_of_a_URI()
    {
        var given = new NpgsqlConnectionStringBuilder(new GivenServer("postgresql:///scratch?host=/run/postgresql").ConnectionString);

        Assert.Equal(("/run/postgresql", "scratch"), (given.Host, given.Database));
    }
}
