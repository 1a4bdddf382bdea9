using Npgsql;

namespace NumaHistory.PostgresTests.Support;

/// <summary>An empty database for one test class, dropped when the class is done. Use it as a class fixture.</summary>
public class PostgresDatabase(PostgresCluster cluster) : IAsyncLifetime
{
    /// <summary>How to reach it, in Npgsql's keywords.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The name under which a prepared copy is shared between classes; null = start empty.</summary>
    protected virtual string? Template => null;

    public async ValueTask InitializeAsync() =>
        ConnectionString = await cluster.CreateAsync(Template, PrepareAsync, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (ConnectionString.Length > 0)
        {
            await cluster.DropAsync(ConnectionString, CancellationToken.None);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Runs SQL and returns the first value of its first row; default when there is none or it is null.</summary>
    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        var answer = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return answer is T value ? value : default;
    }

    /// <summary>Runs SQL that answers nothing.</summary>
    public Task ExecuteAsync(string sql) => AskAsync<object>(sql);

    /// <summary>Makes the template from an empty database.</summary>
    protected virtual Task PrepareAsync(string connection) => Task.CompletedTask;
}
