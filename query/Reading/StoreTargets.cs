using NumaHistory.Schema.Connecting;

namespace NumaHistory.Query.Reading;

/// <summary>
/// Finds the store a command means: named by option, environment or configuration, else the private one of this user.
/// </summary>
internal static class StoreTargets
{
    // Of the user id only root or not matters here: where the socket is stands in the store's own file.
    private const uint AnyUser = 1;

    public static StoreTarget Find(string? db, Surroundings around)
    {
        var address = StoreAddress.Resolve(db, around.Variable, around.ReadFile);
        if (!address.IsPrivate)
        {
            return new StoreTarget(address.ToNpgsql(), Named(address.Parameters!), Start: null);
        }

        var place = PrivateStorePlace.Of(around.Variable, around.IsRoot ? 0 : AnyUser);
        return new StoreTarget(
            PrivateStoreFile.ToNpgsql(around.ReadFile(place.File), place),
            $"the private store in {place.State}",
            "numa-recorder up, or numa-recorder store start");
    }

    private static string Named(IReadOnlyDictionary<string, string> parameters)
    {
        var name = parameters.GetValueOrDefault("dbname") is { } database ? $"the store {database}" : "the store";
        var host = parameters.GetValueOrDefault("host") ?? parameters.GetValueOrDefault("hostaddr");
        return host is null
            ? name
            : $"{name} on {host}" + (parameters.GetValueOrDefault("port") is { } port ? $":{port}" : "");
    }
}
