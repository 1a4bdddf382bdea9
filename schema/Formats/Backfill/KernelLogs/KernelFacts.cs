using System.Text.RegularExpressions;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.KernelLogs;

/// <summary>The settings of a host as its kernel tells them while it boots.</summary>
internal sealed partial class KernelFacts
{
    private string? _commandLine;
    private string? _bios;
    private string? _microcode;
    private bool? _numaBalancing;

    /// <summary>The release, null before it was told.</summary>
    public string? Kernel { get; private set; }

    /// <summary>Whether the message is the first of a kernel that has just started.</summary>
    public static bool Begins(string message) => Version().IsMatch(message);

    /// <summary>Whether the message tells a piece of structure or capacity.</summary>
    public static bool IsPiece(string message) => Piece().IsMatch(message);

    public void Read(string message)
    {
        if (Version().Match(message) is { Success: true } version)
        {
            Kernel = version.Groups[1].Value;
        }
        else if (CommandLine().Match(message) is { Success: true } line)
        {
            // x86 tells it twice; the first is what the boot loader gave, as /proc/cmdline has it.
            _commandLine ??= line.Groups[1].Value.TrimEnd();
        }
        else if (Bios().Match(message) is { Success: true } bios)
        {
            _bios ??= bios.Groups[1].Value.TrimEnd();
        }
        else if (Microcode().Match(message) is { Success: true } microcode)
        {
            _microcode ??= $"0x{(microcode.Groups[1].Value.TrimStart('0') is { Length: > 0 } digits ? digits.ToLowerInvariant() : "0")}";
        }
        else if (message.StartsWith("mempolicy: Enabling automatic NUMA balancing", StringComparison.Ordinal))
        {
            _numaBalancing = true;
        }
    }

    public HostSettings Settings() => new(Kernel, _commandLine, _bios, _microcode, NumaBalancing: _numaBalancing);

    [GeneratedRegex("""^Linux version (\S+) """)]
    private static partial Regex Version();

    [GeneratedRegex("""^(?:Kernel command|Command) line: (.*)$""")]
    private static partial Regex CommandLine();

    // DMI: Dell Inc. PowerEdge R640/0H28RR, BIOS 2.14.2 06/11/2022
    [GeneratedRegex("""^(?:SMBIOS|DMI)\b.*, BIOS (.+)$""")]
    private static partial Regex Bios();

    [GeneratedRegex("""^microcode: (?:(?:microcode )?updated early to revision |updated early: 0x[0-9a-fA-F]+ -> |Current revision: |sig=\S+, pf=\S+, revision=|CPU0: patch_level=)0x([0-9a-fA-F]+)""")]
    private static partial Regex Microcode();

    [GeneratedRegex("""^(?:Initmem setup node \d|  ?node +\d+: \[mem |(?:ACPI: )?SRAT: |smpboot: CPU \d+ is now offline|Offlined Pages |psci: CPU\d+ killed|CPU\d+ is up|smpboot: Booting Node )""")]
    private static partial Regex Piece();
}
