namespace NumaHistory.Schema.Text;

/// <summary>
/// A request that is not carried out, for a reason a person can act on. Message: what is wrong, with the place; Hint: the next
/// command or step, without the word hint. Program.cs of each program is the only place that catches it.
/// </summary>
public sealed class Refusal(ExitCode code, string message, string? hint = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>What the process answers.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>The next step, or null where there is none to name.</summary>
    public string? Hint { get; } = hint;
}
