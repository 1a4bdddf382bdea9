using DotNet.Testcontainers.Images;
using Testcontainers.PostgreSql;

namespace NumaHistory.PostgresTests.Support;

/// <summary>A server in a container. The image is pulled only when the engine does not have it.</summary>
internal sealed class ContainerServer : ITestServer
{
    private const string Image = "postgres:15";

    private readonly PostgreSqlContainer _container;

    private ContainerServer(PostgreSqlContainer container) => _container = container;

    public string ConnectionString => _container.GetConnectionString();

    public static async Task<ITestServer> StartAsync(CancellationToken cancel)
    {
        var container = new PostgreSqlBuilder(Image)
            .WithImagePullPolicy(PullPolicy.Missing)
            .WithCommand([.. FastSettings.Arguments])
            .Build();
        try
        {
            await container.StartAsync(cancel);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }

        return new ContainerServer(container);
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
