using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Recorder.PrivateStore;

public sealed class ServerUserTests
{
    private const string Passwd = """
        root:x:0:0:root:/root:/bin/bash
        daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
        broken line
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
        postgres:x:101:104::/var/lib/postgresql:/bin/bash
        """;

    [Fact]
    public void Root_runs_a_new_cluster_as_postgres() =>
        Assert.Equal(new ServerUser(101, 104, "postgres"), For(Passwd, null));

    [Fact]
    public void Without_a_user_postgres_it_is_nobody()
    {
        var without = Passwd.Replace("postgres:x:101:", "toor:x:0:", StringComparison.Ordinal);

        Assert.Equal("nobody", For(without, null).Name);
    }

    [Fact]
    public void A_cluster_that_exists_keeps_its_owner() =>
        Assert.Equal("nobody", For(Passwd, new FileOwner(65534, 65534, 0x41c0)).Name);

    [Fact]
    public void A_cluster_of_an_unknown_owner_is_refused()
    {
        var refusal = Assert.Throws<Refusal>(() => For(Passwd, new FileOwner(4242, 4242, 0x41c0)));

        Assert.Equal("/s/data belongs to user 4242, who is not known on this machine", refusal.Message);
    }

    [Fact]
    public void A_machine_with_root_alone_is_refused() =>
        Assert.Throws<Refusal>(() => For("root:x:0:0:root:/root:/bin/bash", null));

    private static ServerUser For(string passwd, FileOwner? cluster) =>
        ServerUser.ForRoot(ServerUser.Known(passwd), cluster, "/s/data");
}
