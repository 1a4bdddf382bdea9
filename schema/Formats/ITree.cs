namespace NumaHistory.Schema.Formats;

/// <summary>
/// A tree of files below some root: the machine itself, a folder, an archive in memory. Paths are relative, with
/// slashes and without a leading one: <c>sys/devices/system/node/online</c>. Links never lead out of the tree.
/// </summary>
public interface ITree
{
    /// <summary>
    /// The bytes of a file. Null with a reason when it is there but cannot be read; null without one when it is not
    /// there.
    /// </summary>
    byte[]? Read(string path, out string? reason);

    /// <summary>
    /// The names in a folder, in no order. Null like <see cref="Read"/>; null without a reason for a file.
    /// </summary>
    IReadOnlyList<string>? List(string path, out string? reason);

    /// <summary>The text of a symbolic link, or null when there is no link of that name.</summary>
    string? LinkTarget(string path);
}
