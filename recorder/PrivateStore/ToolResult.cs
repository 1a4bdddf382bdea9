namespace NumaHistory.Recorder.PrivateStore;

/// <summary>How a small program ended.</summary>
internal sealed record ToolResult(int Code, string Output, string Error)
{
    /// <summary>The last line it complained with.</summary>
    public string Complaint =>
        Lines(Error + "\n" + Output) is { Length: > 0 } lines
            ? lines.LastOrDefault(IsError) ?? lines[^1]
            : $"exit code {Code}";

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsError(string line) =>
        line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("FATAL", StringComparison.Ordinal)
        || line.StartsWith("E: ", StringComparison.Ordinal);
}
