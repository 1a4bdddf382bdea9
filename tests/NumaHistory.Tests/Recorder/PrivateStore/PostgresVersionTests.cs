using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Recorder.PrivateStore;

public sealed class PostgresVersionTests
{
    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)]
    [InlineData("postgres (PostgreSQL) 18beta1", 18)]
    [InlineData("postgres (PostgreSQL) 9.6.24", 9)]
    [InlineData("bash: not found", null)]
    [InlineData("", null)]
    public void The_major_version_is_read_from_what_postgres_prints(string printed, int? expected) =>
        Assert.Equal(expected, PostgresVersion.Major(printed));

    [Theory]
    [InlineData("14 16 15", null, 16)]
    [InlineData("14 16 15", 15, 15)]
    [InlineData("14", null, null)]
    [InlineData("", null, null)]
    [InlineData("", 16, null)]
    public void A_cluster_gets_the_version_that_made_it_and_a_new_one_the_newest(
        string found, int? cluster, int? expected) =>
        Assert.Equal(expected, PostgresVersion.Choose(Binaries(found), cluster, "/s/data")?.Major);

    [Fact]
    public void A_cluster_of_a_version_that_is_not_here_is_refused_with_both_ways_out()
    {
        var refusal = Assert.Throws<Refusal>(() => PostgresVersion.Choose(Binaries("15 16"), 17, "/s/data"));

        Assert.Equal("/s/data was made by PostgreSQL 17, but this machine has only 15 and 16", refusal.Message);
        Assert.Equal(
            "install postgresql-17, or put the folder aside and start anew: mv /s/data /s/data.17", refusal.Hint);
        Assert.Equal(ExitCode.StoreUnreachable, refusal.Code);
    }

    [Fact]
    public void A_cluster_that_is_too_old_is_refused_even_where_its_binaries_are_here()
    {
        var refusal = Assert.Throws<Refusal>(() => PostgresVersion.Choose(Binaries("14 15"), 14, "/s/data"));

        Assert.Contains("needs 15 or later", refusal.Message, StringComparison.Ordinal);
    }

    private static List<PostgresBinaries> Binaries(string majors) =>
    [
        .. majors.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(major => new PostgresBinaries($"/usr/lib/postgresql/{major}/bin", int.Parse(major, null), [])),
    ];
}
