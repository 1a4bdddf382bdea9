using System.CommandLine;
using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Connecting;

namespace NumaHistory.Recorder.Commands;

/// <summary>How a verb reaches its store: the server that is named somewhere, else the private one.</summary>
internal static class StoreConnection
{
    /// <summary>
    /// The driver's connection string to the store a command line means. A private store has to run already.
    /// </summary>
    public static string Of(ParseResult parsed, RecorderContext context)
    {
        var address = Address(parsed, context);
        return address.IsPrivate ? Private(parsed, context).KnownConnection() : address.ToNpgsql();
    }

    /// <summary>The same, but the private store is started and ends with this program, kill -9 included.</summary>
    public static async Task<HeldStore> HoldAsync(
        ParseResult parsed,
        RecorderContext context,
        Func<string, CancellationToken, Task> migrate,
        CancellationToken cancel)
    {
        var address = Address(parsed, context);
        if (address.IsPrivate)
        {
            var server = await Private(parsed, context).HoldAsync(migrate, cancel);
            return new HeldStore(server.Connection, server);
        }

        await migrate(address.ToNpgsql(), cancel);
        return new HeldStore(address.ToNpgsql(), null);
    }

    public static StoreAddress Address(ParseResult parsed, RecorderContext context) => StoreAddress.Resolve(
        parsed.GetValue(context.Global.Db),
        context.Environment,
        path => File.Exists(path) ? File.ReadAllText(path) : null);

    public static PrivateServer Private(ParseResult parsed, RecorderContext context) => new(
        context.Environment,
        Unix.User,
        line =>
        {
            if (!parsed.GetValue(context.Global.Quiet))
            {
                context.Error.WriteLine($"numa-recorder: {line}");
            }
        },
        context.Clock);
}
