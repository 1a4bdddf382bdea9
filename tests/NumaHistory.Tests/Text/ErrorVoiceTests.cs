using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Text;

public sealed class ErrorVoiceTests
{
    [Fact]
    public void A_refusal_is_the_program_the_message_and_the_hint()
    {
        var refusal = new Refusal(ExitCode.Unknown, "host 'kvm\u001b9' is not recorded", "numa-history hosts");

        var text = ErrorVoice.Text("numa-history", refusal);

        Assert.Equal("numa-history: host 'kvm\\x1b9' is not recorded\nhint: numa-history hosts\n", text);
    }

    [Fact]
    public void Several_reasons_are_several_lines_and_no_hint_is_no_line() =>
        Assert.Equal("numa-recorder: one\nnuma-recorder: two\n", ErrorVoice.Text("numa-recorder", "one\ntwo\n"));
}
