using Marten;
using Npgsql;
using NumaHistory.Recorder.Journal;

namespace NumaHistory.Recorder.Store;

/// <summary>A store that was found to have the right schema, with the journals that write to it.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly DocumentStore _store;

    private OpenStore(string connection, NpgsqlDataSource source, RecordedBy by)
    {
        Connection = connection;
        Source = source;
        _store = HistoryStore.Open(source);
        Facts = new FactJournal(source, _store, by);
        Memory = new MemoryJournal(source, _store, by);
        Decisions = new DecisionJournal(source, _store, by);
        Import = new EventImport(source, _store, by);
        Backfill = new BackfillJournal(source, _store, by);
    }

    public string Connection { get; }

    public NpgsqlDataSource Source { get; }

    public FactJournal Facts { get; }

    public MemoryJournal Memory { get; }

    public DecisionJournal Decisions { get; }

    public EventImport Import { get; }

    public BackfillJournal Backfill { get; }

    /// <summary>Opens a store; refuses one whose schema is older or newer than this program.</summary>
    public static async Task<OpenStore> OpenAsync(string connection, RecordedBy by, CancellationToken cancel)
    {
        var source = DataSource(connection, by);
        try
        {
            await StoreVersion.CheckAsync(source, cancel);
            return new OpenStore(connection, source, by);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await Source.DisposeAsync();
    }

    // Few statements, run for years: prepared ones spare the server the planning and us the parsing.
    private static NpgsqlDataSource DataSource(string connection, RecordedBy by) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = by.Program,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 4,
        });
}
