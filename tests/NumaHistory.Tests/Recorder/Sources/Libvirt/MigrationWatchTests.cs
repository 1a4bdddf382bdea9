using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>The events that libvirt's QEMU driver sends of migrations, on either side.</summary>
public sealed class MigrationWatchTests
{
    [Theory]
    [InlineData("suspended/migrated stopped/migrated", "Leaving Left")]
    [InlineData("suspended/migrated resumed/migrated", "Leaving Stayed")]
    [InlineData("started/migrated resumed/migrated", "Arriving Arrived")]
    [InlineData("started/migrated suspended/paused", "Arriving")]
    [InlineData("started/migrated stopped/failed", "Arriving NotArrived")]
    [InlineData("suspended/post-copy stopped/migrated", "PostCopy Left")]
    [InlineData("started/migrated resumed/post-copy resumed/migrated", "Arriving PostCopy Arrived")]
    [InlineData("suspended/post-copy suspended/post-copy error", "PostCopy PostCopyFailed")]
    [InlineData("suspended/post-copy suspended/post-copy", "PostCopy")]
    [InlineData("started/booted suspended/paused resumed/unpaused stopped/shutdown", "")]
    public void Steps_are_told_apart_by_what_came_before(string events, string phases)
    {
        var watch = new MigrationWatch();
        var seen = events.Replace("post-copy error", "post-copy_error", StringComparison.Ordinal).Split(' ')
            .Select(text => text.Replace('_', ' ').Split('/'))
            .Select(words => watch.Of(new LibvirtEvent(LibvirtEventKind.Lifecycle, "g", "4dea22b3-1d52-4d8f-a32b-6c1b5e2f7a10", words[0], words[1])))
            .OfType<MigrationPhase>();

        Assert.Equal(phases, string.Join(' ', seen));
    }
}
