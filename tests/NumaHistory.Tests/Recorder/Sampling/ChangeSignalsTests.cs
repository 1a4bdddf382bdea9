using NumaHistory.Recorder.Sampling;

namespace NumaHistory.Tests.Recorder.Sampling;

public sealed class ChangeSignalsTests : IDisposable
{
    private const string Cpus = "sys/devices/system/cpu/online";
    private const string Present = "sys/devices/system/cpu/present";
    private const string Cells = "sys/devices/system/node/online";

    private readonly TreeFolder _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(Cpus, "0-6\n")]
    [InlineData(Cpus, "0-3,5-7\n")]
    [InlineData(Present, "0-8\n")]
    [InlineData(Cells, "0-1,3\n")]
    [InlineData(Cells, "")]
    public void A_list_that_says_something_else_is_told_once(string path, string text)
    {
        _tree.Write(Cpus, "0-7\n");
        _tree.Write(Present, "0-7\n");
        _tree.Write(Cells, "0-1\n");
        using var signals = ChangeSignals.Open(_tree.Root);

        var still = signals.Changed();
        _tree.Write(path, text);
        var moved = signals.Changed();
        var again = signals.Changed();

        Assert.Equal((false, true, false), (still, moved, again));
    }

    [Fact]
    public void A_host_without_the_lists_never_changes()
    {
        using var signals = ChangeSignals.Open(_tree.Root);

        Assert.False(signals.Changed());
    }
}
