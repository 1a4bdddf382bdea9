using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

public sealed class LibvirtWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public LibvirtWatchTests() => LibvirtHere.Require();

    [Fact]
    public async Task What_happens_to_a_guest_is_told_as_it_happens()
    {
        using var manager = new TestDriver();
        await using var session = new LibvirtSession(TestDriver.Uri, TimeProvider.System);
        using var stop = new CancellationTokenSource(Patience);
        var watch = new LibvirtWatch(session, TimeProvider.System);
        await using var events = watch.EventsAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var connected = await NextAsync(events);

        var guest = manager.Start("watched");
        TestDriver.Suspend(guest);
        TestDriver.Resume(guest);
        TestDriver.Destroy(guest);

        Assert.Equal(LibvirtEventKind.Connected, connected.Kind);
        var told = new List<string>();
        while (told.Count < 5)
        {
            var next = await NextAsync(events);
            if (next.Guest == "watched")
            {
                told.Add($"{next.What} {next.Detail}");
            }
        }

        Assert.Equal(
            ["defined added", "started booted", "suspended paused", "resumed unpaused", "stopped destroyed"], told);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_told_of_once_and_again_when_it_is_there()
    {
        var clock = new FakeTimeProvider();
        using var folder = new TemporaryFolder();
        await using var session = new LibvirtSession($"test://{folder.At("later.xml")}", clock);
        using var stop = new CancellationTokenSource(Patience);
        var watch = new LibvirtWatch(session, clock);
        await using var events = watch.EventsAsync(stop.Token).GetAsyncEnumerator(stop.Token);

        var first = await NextAsync(events);
        var second = NextAsync(events);
        await AdvanceAsync(clock, TimeSpan.FromMinutes(5), second);
        var isSilent = !second.IsCompleted;
        folder.Write("later.xml", TestHost.Text(nodes: 1));
        await AdvanceAsync(clock, TimeSpan.FromHours(1), second);

        Assert.Equal((LibvirtEventKind.Disconnected, "unreachable"), (first.Kind, first.What));
        Assert.True(isSilent);
        Assert.Equal(LibvirtEventKind.Connected, (await second).Kind);
    }

    [Theory]
    [InlineData(3, 7, "suspended", "post-copy")]
    [InlineData(3, 8, "suspended", "post-copy error")]
    [InlineData(4, 4, "resumed", "post-copy failed")]
    [InlineData(5, 3, "stopped", "migrated")]
    [InlineData(2, 99, "started", "99")]
    [InlineData(77, 1, "77", "1")]
    public void Events_have_the_words_of_virsh(int happened, int how, string what, string detail) =>
        Assert.Equal((what, detail), EventWords.Of(happened, how));

    private static async Task<LibvirtEvent> NextAsync(IAsyncEnumerator<LibvirtEvent> events)
    {
        Assert.True(await events.MoveNextAsync());
        return events.Current;
    }

    // Time passes until the watch says something; real time only as long as its thread needs for an attempt.
    private static async Task AdvanceAsync(FakeTimeProvider clock, TimeSpan most, Task until)
    {
        for (var passed = TimeSpan.Zero; passed < most && !until.IsCompleted; passed += TimeSpan.FromSeconds(5))
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(10)));
        }
    }
}
