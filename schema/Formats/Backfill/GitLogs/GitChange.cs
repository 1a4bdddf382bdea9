namespace NumaHistory.Schema.Formats.Backfill.GitLogs;

/// <summary>A file that a commit changed: the ids of its contents before and after, null where it was not there, or was no ordinary file.</summary>
public sealed record GitChange(string Path, string? Before, string? After);
