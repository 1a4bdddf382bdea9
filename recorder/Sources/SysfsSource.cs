using System.Runtime.InteropServices;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>The Linux kernel's own account of a host: sys/ and proc/ below a root, <c>/</c> for this machine.</summary>
/// <param name="root">The folder that holds sys/ and proc/.</param>
/// <param name="host">The host's name, or null for the one that the tree gives.</param>
/// <param name="clock">Says when the look was taken.</param>
public sealed class SysfsSource(string root, string? host, TimeProvider clock) : ISource
{
    /// <summary>The word for this source.</summary>
    public const string SourceName = "sysfs";

    private readonly bool _isMachine = Path.GetFullPath(root) == "/";

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    public Task<Observation> ReadAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!Directory.Exists(Path.Combine(root, "sys")))
        {
            throw new SourceUnusableException(
                $"{root}: there is no folder sys/ in it", "--sysfs-root names the folder that holds sys/ and proc/");
        }

        // Nothing waits here: files of /sys and /proc are made while they are read.
        return Task.FromResult(Look(new DirectoryTree(root), clock.GetUtcNow()));
    }

    private Observation Look(ITree tree, DateTimeOffset at)
    {
        var reading = SysfsHost.Read(tree);
        var name = host ?? reading.HostName ?? HostName.BaseName(root);
        var observation = SysfsObservation.Of(reading, root, name, at);
        return observation with
        {
            File = _isMachine ? null : root,
            Architecture = _isMachine ? observation.Architecture ?? ThisArchitecture() : observation.Architecture,
        };
    }

    private static string? ThisArchitecture() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.X86 => "i686",
        Architecture.Arm64 => "aarch64",
        Architecture.Arm => "armv7l",
        Architecture.S390x => "s390x",
        Architecture.Ppc64le => "ppc64le",
        Architecture.RiscV64 => "riscv64",
        Architecture.LoongArch64 => "loongarch64",
        _ => null,
    };
}
