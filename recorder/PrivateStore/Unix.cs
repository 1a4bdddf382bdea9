using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>The few calls of the C library that .NET does not offer.</summary>
internal static partial class Unix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    public static uint User => geteuid();

    /// <summary>Owner and mode of a path itself, links not followed; null where nothing is there.</summary>
    public static FileOwner? Owner(string path)
    {
        // struct statx has the same layout on every architecture; struct stat has not.
        Span<byte> answer = stackalloc byte[256];
        if (statx(CurrentFolder, path, NoFollow, BasicStats, answer) != 0)
        {
            return null;
        }

        return new FileOwner(
            BinaryPrimitives.ReadUInt32LittleEndian(answer[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(answer[24..]),
            BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]));
    }

    public static void GiveTo(ServerUser user, string path)
    {
        if (lchown(path, user.Id, user.Group) != 0)
        {
            throw Failure($"cannot give {path} to {user.Name}");
        }
    }

    public static void MakePipe(string path)
    {
        if (mkfifo(path, 0x180) != 0)
        {
            throw Failure($"cannot make the pipe {path}");
        }
    }

    public static void Signal(int process, int signal) => _ = kill(process, signal);

    /// <summary>Becomes another program; returns only by an exception.</summary>
    public static void Become(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        nint[] argv = [.. arguments.Prepend(program).Select(Marshal.StringToCoTaskMemUTF8), 0];
        nint[] envp = [.. environment.Select(one => Marshal.StringToCoTaskMemUTF8($"{one.Key}={one.Value}")), 0];
        _ = execve(program, argv, envp);
        throw Failure($"cannot run {program}");
    }

    private static IOException Failure(string what) =>
        new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

#pragma warning disable IDE1006 // the C library's own names
    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execve(string program, nint[] argv, nint[] envp);
#pragma warning restore IDE1006
}
