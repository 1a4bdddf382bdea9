namespace NumaHistory.PostgresTests.Support;

public sealed class MigratedDatabaseTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task A_migrated_store_is_empty_and_answers_its_read_contract()
    {
        Assert.True(await database.AskAsync<int>("select max(version) from numa.store_version") >= 1);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from numa.event"));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from numa.memory_block"));
    }
}
