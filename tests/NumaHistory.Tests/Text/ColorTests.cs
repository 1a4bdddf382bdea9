using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class ColorTests
{
    [Theory]
    [InlineData(ColorChoice.Auto, true, null, "xterm-256color", true)]
    [InlineData(ColorChoice.Auto, true, "", "xterm", true)]
    [InlineData(ColorChoice.Auto, true, "1", "xterm", false)]
    [InlineData(ColorChoice.Auto, true, null, "dumb", false)]
    [InlineData(ColorChoice.Auto, true, null, null, false)]
    [InlineData(ColorChoice.Auto, false, null, "xterm", false)]
    [InlineData(ColorChoice.Always, false, "1", "dumb", true)]
    [InlineData(ColorChoice.Never, true, null, "xterm", false)]
    public void The_option_wins_over_the_environment(
        ColorChoice choice, bool terminal, string? noColor, string? term, bool on) =>
        Assert.Equal(on, Color.IsOn(choice, terminal, noColor, term));
}
