using System.Globalization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>The user a server runs as. PostgreSQL refuses root, and wants a user that has a name.</summary>
internal sealed record ServerUser(uint Id, uint Group, string Name)
{
    private static readonly string[] Preferred = ["postgres", "nobody", "daemon"];

    /// <summary>The user's lines of /etc/passwd.</summary>
    public static IReadOnlyList<ServerUser> Known(string passwd) =>
    [
        .. passwd.Split('\n')
            .Select(line => line.Split(':'))
            .Where(parts => parts.Length >= 4)
            .Select(parts => (Name: parts[0], Id: Number(parts[2]), Group: Number(parts[3])))
            .Where(entry => entry is { Id: not null, Group: not null })
            .Select(entry => new ServerUser(entry.Id!.Value, entry.Group!.Value, entry.Name)),
    ];

    /// <summary>
    /// Who runs the server of root: the owner of a cluster that exists, else an unprivileged user of this machine.
    /// </summary>
    public static ServerUser ForRoot(IReadOnlyList<ServerUser> known, FileOwner? cluster, string data)
    {
        if (cluster is { User: not 0 } owner)
        {
            return known.FirstOrDefault(user => user.Id == owner.User) ?? throw new Refusal(
                ExitCode.StoreUnreachable,
                $"{data} belongs to user {owner.User}, who is not known on this machine",
                $"give it to a user that is: chown -R postgres {data}");
        }

        return Preferred
            .Select(name => known.FirstOrDefault(user => user.Name == name && user.Id != 0))
            .FirstOrDefault(user => user is not null)
            ?? known.FirstOrDefault(user => user.Id != 0)
            ?? throw new Refusal(
                ExitCode.StoreUnreachable,
                "PostgreSQL does not run as root, and this machine has no other user",
                "add one: useradd --system postgres; or name a server with --db");
    }

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
