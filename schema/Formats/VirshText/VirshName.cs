using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Formats.VirshText;

/// <summary>
/// What virsh calls a guest: its name as one word of a shell. virsh takes a number for an id and a leading dash for an option, and
/// a terminal takes control characters for orders; a guest of such a name goes by its UUID where that is known.
/// </summary>
public static class VirshName
{
    /// <summary>The word, or the option with the word.</summary>
    public static string Of(GuestPins guest)
    {
        var name = guest.Guest;
        var isMistaken = name.All(char.IsAsciiDigit) || name.StartsWith('-') || name.Any(char.IsControl);
        return !isMistaken ? ShellWord.Of(name)
            : guest.Uuid is { } uuid ? ShellWord.Of(uuid)
            : $"--domain {ShellWord.Of(name)}";
    }
}
