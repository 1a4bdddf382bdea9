using System.Net;
using System.Net.Sockets;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Files;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

public sealed class LibvirtSessionTests
{
    public LibvirtSessionTests() => LibvirtHere.Require();

    [Fact]
    public async Task A_host_that_does_not_answer_is_given_up_and_holds_up_nobody_else()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var uri = $"qemu+tcp://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/system";
        await using var dead = new LibvirtSession(uri, TimeProvider.System, TimeSpan.FromSeconds(0.5));
        await using var alive = new LibvirtSession(TestDriver.Uri, TimeProvider.System);

        var unanswered = AliveAsync(dead);
        var answered = await AliveAsync(alive);

        Assert.True(answered);
        var unusable = await Assert.ThrowsAsync<SourceUnusableException>(() => unanswered);
        Assert.Equal($"{uri}: no answer within 0.5 s", unusable.Message);
        var again = await Assert.ThrowsAsync<SourceUnusableException>(() => AliveAsync(dead));
        Assert.Equal($"{uri}: still does not answer an earlier question", again.Message);
    }

    [Fact]
    public async Task Who_stops_waiting_is_not_held_by_a_call_that_goes_on()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var uri = $"qemu+tcp://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/system";
        await using var dead = new LibvirtSession(uri, TimeProvider.System, TimeSpan.FromSeconds(1));
        using var stop = new CancellationTokenSource();

        var asked = dead.AskAsync(connection => connection.IsAlive, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Theory]
    [InlineData("qemu+ssh://kvm7/system", "qemu+ssh://kvm7/system?no_tty=1")]
    [InlineData("qemu+ssh://kvm7/system?socket=/run/x", "qemu+ssh://kvm7/system?socket=/run/x&no_tty=1")]
    [InlineData("qemu+ssh://kvm7/system?no_tty=0", "qemu+ssh://kvm7/system?no_tty=0")]
    [InlineData("qemu:///system", "qemu:///system")]
    [InlineData("an-alias", "an-alias")]
    public void Nobody_is_asked_for_a_password(string given, string used) =>
        Assert.Equal(used, LibvirtUri.Unattended(given));

    [Theory]
    [InlineData("test:///default", "default")]
    [InlineData("test:///srv/hosts/kvm7.xml", "kvm7")]
    [InlineData("test+unix:///default", "default")]
    [InlineData("qemu:///system", null)]
    public void Only_hosts_of_the_test_driver_are_named_by_their_path(string uri, string? name) =>
        Assert.Equal(name, LibvirtUri.TestHost(uri));

    private static Task<bool> AliveAsync(LibvirtSession session) =>
        session.AskAsync(connection => connection.IsAlive, default);
}
