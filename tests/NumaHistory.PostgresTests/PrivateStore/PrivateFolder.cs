using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Connecting;

namespace NumaHistory.PostgresTests.PrivateStore;

/// <summary>A state folder of its own; whatever server is left in it at the end is stopped.</summary>
public sealed class PrivateFolder : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("numahistory-private-").FullName;

    public PrivateFolder() => Home = root;

    /// <summary>What XDG_STATE_HOME says.</summary>
    internal string Home { get; set; }

    internal PrivateStorePlace Place => PrivateStorePlace.Of(Variable, Unix.User);

    internal List<string> Notes { get; } = [];

    /// <summary>What the migration was called with.</summary>
    internal List<string> Migrated { get; } = [];

    internal PrivateServer Server() => new(Variable, Unix.User, Notes.Add, TimeProvider.System);

    internal Task<string> StartAsync() => Server().StartAsync(MigrateAsync, CancellationToken.None);

    internal Task<HeldServer> HoldAsync() => Server().HoldAsync(MigrateAsync, CancellationToken.None);

    internal Task<StoreStatus> StatusAsync() => Server().StatusAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (RunningServer.Find(Place.Data) is { } process)
        {
            Unix.Signal(process, Unix.Quit);
            await GoneAsync();
        }

        if (Place.SocketFolder != Place.OwnSocketFolder && Directory.Exists(Place.SocketFolder))
        {
            Directory.Delete(Place.SocketFolder, recursive: true);
        }

        Directory.Delete(root, recursive: true);
    }

    /// <summary>Comes back when no server runs on the folder; fails after half a minute.</summary>
    internal async Task GoneAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (RunningServer.Find(Place.Data) is not null)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private string? Variable(string name) =>
        name == "XDG_STATE_HOME" ? Home : name == "PATH" ? Environment.GetEnvironmentVariable(name) : null;

    private Task MigrateAsync(string connection, CancellationToken cancel)
    {
        Migrated.Add(connection);
        return Task.CompletedTask;
    }
}
