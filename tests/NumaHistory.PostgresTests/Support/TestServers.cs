namespace NumaHistory.PostgresTests.Support;

/// <summary>Which server the tests run on: NUMAHISTORY_TEST_POSTGRES = auto, local, docker or a connection.</summary>
internal static class TestServers
{
    public const string Variable = "NUMAHISTORY_TEST_POSTGRES";

    public static async Task<ITestServer> StartAsync(string? choice, CancellationToken cancel) => choice switch
    {
        null or "" or "auto" or "local" => await LocalServer.StartAsync(cancel),
        "docker" => await ContainerServer.StartAsync(cancel),
        _ => new GivenServer(choice),
    };
}
