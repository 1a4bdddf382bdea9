namespace NumaHistory.Schema.Formats.Backfill.GitLogs;

/// <summary>A commit: its author with date and subject, and the files it changed. HasParent false: the first of its history, or where that was cut off.</summary>
public sealed record GitCommit(
    string Id, bool HasParent, DateTimeOffset AuthoredAt, string Author, string Subject, IReadOnlyList<GitChange> Changes);
