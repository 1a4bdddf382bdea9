namespace NumaHistory.Query;

/// <summary>Everything the program touches outside itself; a test hands in its own.</summary>
/// <param name="Out">Data; it throws where the reader has closed the pipe.</param>
/// <param name="Err">Notes and errors.</param>
/// <param name="In">What <c>-</c> reads.</param>
/// <param name="Clock">The only clock.</param>
/// <param name="Variable">An environment variable, null when not set.</param>
/// <param name="ReadFile">The text of a file, null when it does not exist.</param>
/// <param name="IsTerminal">Whether Out is one.</param>
/// <param name="IsRoot">Whether root runs the program.</param>
internal sealed record Surroundings(
    Stream Out,
    TextWriter Err,
    TextReader In,
    TimeProvider Clock,
    Func<string, string?> Variable,
    Func<string, string?> ReadFile,
    bool IsTerminal,
    bool IsRoot)
{
    /// <summary>Told before work that keeps nearly all it makes until the answer is written; what is told may be nothing.</summary>
    public Action BeforeMuchThatStays { get; init; } = () => { };
}
