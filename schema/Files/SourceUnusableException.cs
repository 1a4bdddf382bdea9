namespace NumaHistory.Schema.Files;

/// <summary>A source, or a document, gave nothing that can be recorded; the message says where and why.</summary>
public sealed class SourceUnusableException(string message, string? hint = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The next step, or null where there is none to name.</summary>
    public string? Hint { get; } = hint;
}
