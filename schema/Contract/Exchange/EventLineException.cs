namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>A line that is not an event of an export, or not the event it says it is. Hint: what can be done.</summary>
public sealed class EventLineException(string message, string? hint = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The next step, or null where there is none to name.</summary>
    public string? Hint { get; } = hint;
}
