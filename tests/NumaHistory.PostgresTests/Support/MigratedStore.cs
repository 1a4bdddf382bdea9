using Marten;
using Npgsql;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;

namespace NumaHistory.PostgresTests.Support;

/// <summary>A migrated store with journals that write to it.</summary>
public sealed class MigratedStore(PostgresCluster cluster) : MigratedDatabase(cluster), IAsyncLifetime
{
    private NpgsqlDataSource? _source;
    private DocumentStore? _store;

    internal NpgsqlDataSource Source => _source ??= NpgsqlDataSource.Create(ConnectionString);

    internal FactJournal Facts => new(Source, Store, Tester);

    internal MemoryJournal Memory => new(Source, Store, Tester);

    internal DecisionJournal Decisions => new(Source, Store, Tester);

    internal EventImport Import => new(Source, Store, Tester);

    private static RecordedBy Tester => new("tester", "testhost", "tests");

    private DocumentStore Store => _store ??= HistoryStore.Open(Source);

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        _store?.Dispose();
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        await DisposeAsync();
    }
}
