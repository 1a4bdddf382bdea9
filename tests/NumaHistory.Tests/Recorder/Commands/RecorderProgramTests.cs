using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;

namespace NumaHistory.Tests.Recorder.Commands;

public sealed class RecorderProgramTests
{
    [Theory]
    [InlineData("versoin", "'versoin' is not a command of numa-recorder", "did you mean version?")]
    [InlineData(
        "version --timout 5s", "'--timout' is not an option of numa-recorder version", "did you mean --timeout?")]
    [InlineData("version --timeout soon", "--timeout: 'soon' is not a length of time", "numa-recorder version --help")]
    [InlineData(
        "version -o tabel", "-o: 'tabel' is none of table, wide, json, jsonl, csv", "numa-recorder version --help")]
    [InlineData("store", "numa-recorder store needs one of: start, stop", "numa-recorder store --help")]
    public async Task A_mistyped_command_is_named_on_stderr_with_a_hint(string line, string message, string hint)
    {
        var (code, output, error) = await RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.Usage, code);
        Assert.Empty(output);
        Assert.StartsWith($"numa-recorder: {message}", error, StringComparison.Ordinal);
        Assert.Contains($"hint: {hint}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "--db", "host=db password=geheim")]
    [InlineData("version", "--db=postgresql://ann:geheim@db/n")]
    [InlineData("version", "postgresql://ann:geheim@db/n")]
    public async Task A_password_on_the_command_line_is_refused_and_not_repeated(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal(ExitCode.Usage, code);
        Assert.DoesNotContain("geheim", output + error, StringComparison.Ordinal);
        Assert.Contains("PGPASSFILE", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task The_version_goes_to_stdout(string word)
    {
        var (code, output, error) = await RunAsync([word]);

        Assert.Equal((ExitCode.Yes, ""), (code, error));
        Assert.Matches("^numa-recorder [0-9]+\\.[0-9]+\\.[0-9]+\n$", output);
    }

    [Fact]
    public async Task Names_from_outside_reach_the_terminal_without_control_characters()
    {
        var (_, _, error) = await RunAsync(["ver\u001b[31msion"]);

        Assert.DoesNotContain("\u001b", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_exit_3_with_the_command_that_starts_one()
    {
        var (code, _, error) = await RunAsync(["store", "psql"]);

        Assert.Equal(ExitCode.StoreUnreachable, code);
        Assert.Contains("hint: numa-recorder store start", error, StringComparison.Ordinal);
    }

    private static async Task<(ExitCode Code, string Output, string Error)> RunAsync(string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var nowhere = Path.Combine(Path.GetTempPath(), $"numahistory-none-{Guid.NewGuid():N}");
        var context = new RecorderContext(
            output,
            error,
            Stream.Null,
            TimeProvider.System,
            name => name == "XDG_STATE_HOME" ? nowhere : null,
            OutIsTerminal: false);
        var code = await RecorderProgram.RunAsync(args, context, CancellationToken.None);

        return (code, output.ToString(), error.ToString());
    }
}
