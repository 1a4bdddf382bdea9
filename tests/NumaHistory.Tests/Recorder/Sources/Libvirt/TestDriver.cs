using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NumaHistory.Recorder.Sources.Libvirt.Native;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>
/// Somebody else who manages the guests of <c>test:///default</c>: all connections of a process to it see the same
/// guests. Each guest has a name of its own, so that tests do not disturb each other.
/// </summary>
internal sealed class TestDriver : IDisposable
{
    public const string Uri = "test:///default";

    private const string Library = "libvirt.so.0";

    private readonly nint _connect;
    private readonly List<nint> _guests = [];

    public TestDriver()
    {
        // Events reach a connection only when the loop that serves them was there before it.
        LibvirtLibrary.Require();
        _connect = Given(OpenCall(Uri));
    }

    /// <summary>Defines a guest with 2 vCPUs, the first one pinned to CPU 1, and starts it.</summary>
    public nint Start(string name)
    {
        var guest = Define(name, vcpu: 0, cpu: 1);
        Done(CreateCall(guest));
        return guest;
    }

    /// <summary>Defines a guest, or defines it anew for its next start, with one vCPU pinned.</summary>
    public nint Define(string name, int vcpu, int cpu) =>
        Define($"""
            <domain type='test'>
              <name>{name}</name>
              <uuid>{Uuid(name)}</uuid>
              <memory unit='MiB'>64</memory>
              <vcpu>2</vcpu>
              <cputune><vcpupin vcpu='{vcpu}' cpuset='{cpu}'/></cputune>
              <os><type arch='i686'>hvm</type></os>
            </domain>
            """);

    /// <summary>Defines the guest of a document.</summary>
    public nint Define(string xml)
    {
        var guest = Given(DefineCall(_connect, xml));
        _guests.Add(guest);
        return guest;
    }

    /// <summary>The definition that libvirt keeps of a guest.</summary>
    public static string Kept(nint guest)
    {
        const uint inactive = 2;
        var text = Given(XmlCall(guest, inactive));
        try
        {
            return Marshal.PtrToStringUTF8(text)!;
        }
        finally
        {
            FreeTextCall(text);
        }
    }

    public static void Suspend(nint guest) => Done(SuspendCall(guest));

    public static void Resume(nint guest) => Done(ResumeCall(guest));

    public static void Destroy(nint guest) => Done(DestroyCall(guest));

    /// <summary>Pins a vCPU of a running guest to one of the first eight CPUs.</summary>
    public static void Pin(nint guest, int vcpu, int cpu) => Done(PinCall(guest, (uint)vcpu, [(byte)(1 << cpu)], 1));

    /// <summary>Saves the guest's memory in libvirt's own place; it does not run any more.</summary>
    public static void ManagedSave(nint guest) => Done(SaveCall(guest, 0));

    public void Dispose()
    {
        foreach (var guest in _guests)
        {
            _ = DestroyCall(guest);
            _ = RemoveSavedCall(guest, 0);
            _ = UndefineCall(guest);
            _ = FreeCall(guest);
        }

        _ = CloseCall(_connect);
    }

    private static nint Given(nint made) => made != 0 ? made : throw new InvalidOperationException(LastError());

    private static Guid Uuid(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16]);

    private static string LastError() => Marshal.PtrToStringUTF8(LastErrorCall()) ?? "";

    private static void Done(int result) => Assert.True(result >= 0, LastError());

    [DllImport(Library, EntryPoint = "virConnectOpen")]
    private static extern nint OpenCall([MarshalAs(UnmanagedType.LPUTF8Str)] string uri);

    [DllImport(Library, EntryPoint = "virConnectClose")]
    private static extern int CloseCall(nint connect);

    [DllImport(Library, EntryPoint = "virDomainDefineXML")]
    private static extern nint DefineCall(nint connect, [MarshalAs(UnmanagedType.LPUTF8Str)] string xml);

    [DllImport(Library, EntryPoint = "virDomainGetXMLDesc")]
    private static extern nint XmlCall(nint domain, uint flags);

    // libvirt's texts come from the C library.
    [DllImport("libc", EntryPoint = "free")]
    private static extern void FreeTextCall(nint text);

    [DllImport(Library, EntryPoint = "virDomainCreate")]
    private static extern int CreateCall(nint domain);

    [DllImport(Library, EntryPoint = "virDomainSuspend")]
    private static extern int SuspendCall(nint domain);

    [DllImport(Library, EntryPoint = "virDomainResume")]
    private static extern int ResumeCall(nint domain);

    [DllImport(Library, EntryPoint = "virDomainDestroy")]
    private static extern int DestroyCall(nint domain);

    [DllImport(Library, EntryPoint = "virDomainUndefine")]
    private static extern int UndefineCall(nint domain);

    [DllImport(Library, EntryPoint = "virDomainFree")]
    private static extern int FreeCall(nint domain);

    [DllImport(Library, EntryPoint = "virDomainManagedSave")]
    private static extern int SaveCall(nint domain, uint flags);

    [DllImport(Library, EntryPoint = "virDomainManagedSaveRemove")]
    private static extern int RemoveSavedCall(nint domain, uint flags);

    [DllImport(Library, EntryPoint = "virDomainPinVcpu")]
    private static extern int PinCall(nint domain, uint vcpu, byte[] map, int mapLength);

    [DllImport(Library, EntryPoint = "virGetLastErrorMessage")]
    private static extern nint LastErrorCall();
}
