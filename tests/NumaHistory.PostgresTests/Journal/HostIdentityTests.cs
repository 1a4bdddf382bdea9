using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Observing;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

public sealed class HostIdentityTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replaced_board_is_the_same_host()
    {
        var first = await RecordAsync(0, "board", "machine-b", "4c4c4544-0042-3510-8056-b2c04f4a3532");

        var second = await RecordAsync(1, "board", "machine-b", "4c4c4544-0042-3510-8056-b2c04f4a9999");

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_machine_installed_anew_keeps_its_history_by_its_product_uuid()
    {
        var first = await RecordAsync(0, "old-system", "machine-o", "4c4c4544-0051-4410-8036-c2c04f4a0001");

        var second = await RecordAsync(1, "new-system", "machine-n", "4c4c4544-0051-4410-8036-c2c04f4a0001");

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("03000200-0400-0500-0006-000700080009")]
    [InlineData("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")]
    public async Task A_product_uuid_that_nobody_set_joins_no_hosts(string blank)
    {
        var first = await RecordAsync(0, $"left-{blank}", $"machine-l-{blank}", blank);
        var second = await RecordAsync(0, $"right-{blank}", $"machine-r-{blank}", blank);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Machines_that_all_claim_a_host_known_by_name_get_it_once()
    {
        await RecordAsync(0, "claimed", null, null);

        var keys = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => RecordAsync(1 + i, "claimed", $"claimer-{i}", null)));

        Assert.Equal(6, keys.Distinct().Count());
        Assert.Single(keys, "claimed");
    }

    private async Task<string> RecordAsync(int minute, string name, string? machine, string? product)
    {
        Observation look = FactJournalTests.Look(name, Some.TwoCells().Topology(), minute) with
        {
            MachineId = machine,
            ProductUuid = product,
        };
        return (await store.Facts.RecordAsync(look, Cancel)).Host;
    }
}
