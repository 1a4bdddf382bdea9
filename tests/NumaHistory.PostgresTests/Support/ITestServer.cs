namespace NumaHistory.PostgresTests.Support;

/// <summary>A PostgreSQL server that lives at least as long as the test run. The connection may create databases.</summary>
internal interface ITestServer : IAsyncDisposable
{
    string ConnectionString { get; }
}
