using System.Diagnostics;

namespace NumaHistory.PostgresTests.Support;

public sealed class LocalServerTests
{
    [Fact]
    public async Task A_private_cluster_leaves_neither_folder_nor_process_when_its_owner_goes_away()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable(TestServers.Variable) is null or "" or "auto" or "local",
            "the run was told to use another server");
        var server = await LocalServer.StartAsync(TestContext.Current.CancellationToken);
        var pidFile = Path.Combine(server.Folder, "data", "postmaster.pid");
        var pid = int.Parse((await File.ReadAllLinesAsync(pidFile, TestContext.Current.CancellationToken))[0]);

        await server.DisposeAsync();

        Assert.False(Directory.Exists(server.Folder));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }
}
