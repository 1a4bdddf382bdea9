using System.Globalization;
using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.Replay;

/// <summary>A setting of a host that differs between two boots, as words; null = not known.</summary>
public sealed record SettingChange(string Name, string? Before, string? After)
{
    /// <summary>All of them, in the order of the contract's members.</summary>
    public static IReadOnlyList<SettingChange> Between(HostBooted? before, HostBooted after) =>
    [
        .. Words(before).Zip(Words(after), (was, now) => new SettingChange(now.Name, was.Value, now.Value))
            .Where(change => before is not null && change.Before != change.After),
    ];

    private static (string Name, string? Value)[] Words(HostBooted? boot) =>
    [
        ("bootId", boot?.BootId),
        ("kernel", boot?.Settings?.Kernel),
        ("commandLine", boot?.Settings?.CommandLine),
        ("bios", boot?.Settings?.Bios),
        ("microcode", boot?.Settings?.Microcode),
        ("cgroup", boot?.Settings?.Cgroup?.ToString(CultureInfo.InvariantCulture)),
        ("smt", boot?.Settings?.Smt),
        ("numaBalancing", Word(boot?.Settings?.NumaBalancing)),
        ("ksmMergeAcrossNodes", Word(boot?.Settings?.KsmMergeAcrossNodes)),
    ];

    private static string? Word(bool? flag) => flag switch { true => "on", false => "off", null => null };
}
