using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NumaHistory.Schema.Files;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>
/// The shared library, loaded when the first connection is wanted: a machine without libvirt never misses it. With it
/// come the two things that libvirt has once per process: what becomes of its error messages, and the loop that
/// serves every connection.
/// </summary>
internal static unsafe class LibvirtLibrary
{
    public const string Name = "libvirt.so.0";

    // virGetLastErrorCode is the youngest function that is used.
    private const uint Oldest = 4_005_000;

    private const string Hint = "install libvirt's client library: apt-get install libvirt0, dnf install libvirt-libs";

    private static readonly Lock Gate = new();
    private static bool _isReady;

    /// <summary>Whether it can be loaded; loads it.</summary>
    public static bool IsThere => NativeLibrary.TryLoad(Name, out _);

    /// <summary>Makes the library usable; throws when it is not on this machine or too old.</summary>
    public static void Require()
    {
        lock (Gate)
        {
            if (_isReady)
            {
                return;
            }

            Load(Name);
            LibvirtException.Checked(LibvirtApi.Initialize());
            RefuseOld();
            LibvirtApi.SetErrorFunc(0, &Silent);
            LibvirtException.Checked(LibvirtApi.EventRegisterDefaultImpl());
            new Thread(Loop) { IsBackground = true, Name = "libvirt events" }.Start();
            _isReady = true;
        }
    }

    /// <summary>Whether the library of that name can be loaded; throws with what to install where it cannot.</summary>
    public static void Load(string name)
    {
        if (!NativeLibrary.TryLoad(name, out _))
        {
            throw new SourceUnusableException($"libvirt: {name} is not on this machine", Hint);
        }
    }

    private static void RefuseOld()
    {
        LibvirtException.Checked(LibvirtApi.GetVersion(out var version, 0, 0));
        if (version < Oldest)
        {
            throw new SourceUnusableException(
                $"libvirt: {Name} is version {Version(version)}; {Version(Oldest)} or newer is needed", Hint);
        }
    }

    /// <summary>A version as libvirt packs it: 9000001 is 9.0.1.</summary>
    public static string Version(nuint packed) => $"{packed / 1_000_000}.{packed / 1000 % 1000}.{packed % 1000}";

    // Timers (keep-alive), replies and events of every connection are served here, for as long as the process lives.
    private static void Loop()
    {
        while (true)
        {
            if (LibvirtApi.EventRunDefaultImpl() < 0)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    // Without this libvirt prints every error on stderr; what is wrong is told by whoever asked.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Silent(nint data, nint error)
    {
    }
}
