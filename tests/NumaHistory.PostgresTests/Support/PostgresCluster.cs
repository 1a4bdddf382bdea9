using Npgsql;

[assembly: AssemblyFixture(typeof(NumaHistory.PostgresTests.Support.PostgresCluster))]

namespace NumaHistory.PostgresTests.Support;

/// <summary>
/// The one server of a test run. It starts when the first database is asked for; templates are made once and copied,
/// which takes milliseconds where making them takes seconds.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, string> _templates = [];
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private ITestServer? _server;
    private int _made;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Makes a database and returns how to connect to it: empty, or, where a template is named, a copy of what
    /// <paramref name="prepare"/> made of an empty one the first time that name was used.
    /// </summary>
    public async Task<string> CreateAsync(string? template, Func<string, Task>? prepare, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            _server ??= await TestServers.StartAsync(Environment.GetEnvironmentVariable(TestServers.Variable), cancel);
            if (template is null || prepare is null)
            {
                return await CreateAsync("template0", cancel);
            }

            if (!_templates.TryGetValue(template, out var prepared))
            {
                prepared = await PreparedAsync(prepare, cancel);
                _templates[template] = prepared;
            }

            return await CreateAsync(new NpgsqlConnectionStringBuilder(prepared).Database!, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Drops a database made here, whoever is still connected to it.</summary>
    public async Task DropAsync(string connection, CancellationToken cancel)
    {
        Disconnect(connection);
        await ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connection).Database} with (force)", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            foreach (var template in _templates.Values)
            {
                await DropAsync(template, CancellationToken.None);
            }

            NpgsqlConnection.ClearAllPools();
            await _server.DisposeAsync();
        }

        _one.Dispose();
    }

    private static void Disconnect(string connection)
    {
        using var pooled = new NpgsqlConnection(connection);
        NpgsqlConnection.ClearPool(pooled);
    }

    private async Task<string> PreparedAsync(Func<string, Task> prepare, CancellationToken cancel)
    {
        var connection = await CreateAsync("template0", cancel);
        try
        {
            await prepare(connection);
        }
        catch
        {
            await DropAsync(connection, CancellationToken.None);
            throw;
        }

        Disconnect(connection);
        return connection;
    }

    private async Task<string> CreateAsync(string template, CancellationToken cancel)
    {
        var name = $"numa_test_{_run}_{++_made}";
        await ExecuteAsync($"create database {name} template {template} encoding 'UTF8'", cancel);
        return new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Database = name }.ConnectionString;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_server!.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
