using NumaHistory.PostgresTests.Support;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

public sealed class SourcesTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    [Fact]
    public async Task Two_sources_that_see_the_same_at_one_instant_leave_a_block_each()
    {
        var look = FactJournalTests.Look("both", Some.TwoCells().Topology(), 0);

        await store.Facts.RecordAsync(look, TestContext.Current.CancellationToken);
        await store.Facts.RecordAsync(look with { Source = "libvirt" }, TestContext.Current.CancellationToken);

        Assert.Equal(
            "libvirt sysfs",
            await store.AskAsync<string>("select string_agg(source, ' ' order by source) from numa.block where host_key = 'both'"));
    }
}
