namespace NumaHistory.Schema.Files;

/// <summary>
/// What an archive holds under one name: the bytes of a file, the names in a folder, or the target of a link.
/// </summary>
internal sealed record TarContent(
    byte[]? Bytes = null, List<string>? Names = null, string? Link = null, string? Unreadable = null);
