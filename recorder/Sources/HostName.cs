namespace NumaHistory.Recorder.Sources;

/// <summary>Host names as DESIGN allows them: letters, digits, dot, underscore and dash, 1 to 253 of them.</summary>
public static class HostName
{
    /// <summary>What a name may look like, for messages.</summary>
    public const string Rule = "a host name has 1 to 253 of the characters A-Z a-z 0-9 . _ -";

    private const int Longest = 253;

    private static readonly string[] Endings = [".tar.gz", ".tgz", ".tar", ".xml"];

    /// <summary>Whether the text may name a host.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Longest
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
        && name is not ("." or "..");

    /// <summary>The base name of a file or folder, without the ending of an archive or XML.</summary>
    public static string BaseName(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var ending = Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? name : name[..^ending.Length];
    }
}
