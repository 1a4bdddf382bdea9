using NumaHistory.Recorder.Store;

namespace NumaHistory.PostgresTests.Support;

/// <summary>A migrated, empty store for one test class, dropped when the class is done. Use it as a class fixture.</summary>
public class MigratedDatabase(PostgresCluster cluster) : PostgresDatabase(cluster)
{
    protected override string? Template => "migrated";

    protected override Task PrepareAsync(string connection) =>
        StoreMigration.RunAsync(connection, "the tests", TestContext.Current.CancellationToken);
}
