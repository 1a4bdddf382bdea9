using System.Runtime.InteropServices;

namespace NumaHistory.Recorder.Sources.Libvirt.Native;

/// <summary>
/// The functions of libvirt's C API that are used, as libvirt-host.h, libvirt-domain.h and libvirt-event.h declare
/// them; all are in libvirt 4.5 (2018). Text that is returned belongs to the caller, except names. <see
/// cref="LibvirtLibrary.Require"/> comes first.
/// </summary>
internal static unsafe partial class LibvirtApi
{
    private const string Library = LibvirtLibrary.Name;

    [LibraryImport(Library, EntryPoint = "virInitialize")]
    public static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "virGetVersion")]
    public static partial int GetVersion(out nuint libraryVersion, nint type, nint typeVersion);

    [LibraryImport(Library, EntryPoint = "virSetErrorFunc")]
    public static partial void SetErrorFunc(nint data, delegate* unmanaged[Cdecl]<nint, nint, void> handler);

    [LibraryImport(Library, EntryPoint = "virGetLastErrorCode")]
    public static partial int GetLastErrorCode();

    [LibraryImport(Library, EntryPoint = "virGetLastErrorMessage")]
    public static partial byte* GetLastErrorMessage();

    [LibraryImport(Library, EntryPoint = "virEventRegisterDefaultImpl")]
    public static partial int EventRegisterDefaultImpl();

    [LibraryImport(Library, EntryPoint = "virEventRunDefaultImpl")]
    public static partial int EventRunDefaultImpl();

    [LibraryImport(Library, EntryPoint = "virConnectOpenAuth", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ConnectHandle OpenAuth(string? uri, nint auth, uint flags);

    [LibraryImport(Library, EntryPoint = "virConnectClose")]
    public static partial int Close(nint connect);

    [LibraryImport(Library, EntryPoint = "virConnectSetKeepAlive")]
    public static partial int SetKeepAlive(ConnectHandle connect, int interval, uint count);

    [LibraryImport(Library, EntryPoint = "virConnectIsAlive")]
    public static partial int IsAlive(ConnectHandle connect);

    [LibraryImport(Library, EntryPoint = "virConnectRegisterCloseCallback")]
    public static partial int RegisterCloseCallback(
        ConnectHandle connect,
        delegate* unmanaged[Cdecl]<nint, int, nint, void> callback,
        nint opaque,
        delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport(Library, EntryPoint = "virConnectUnregisterCloseCallback")]
    public static partial int UnregisterCloseCallback(
        ConnectHandle connect, delegate* unmanaged[Cdecl]<nint, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "virConnectDomainEventRegisterAny")]
    public static partial int DomainEventRegister(
        ConnectHandle connect,
        nint domain,
        int id,
        nint callback,
        nint opaque,
        delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport(Library, EntryPoint = "virConnectDomainEventDeregisterAny")]
    public static partial int DomainEventDeregister(ConnectHandle connect, int registration);

    [LibraryImport(Library, EntryPoint = "virConnectGetURI")]
    public static partial byte* GetUri(ConnectHandle connect);

    [LibraryImport(Library, EntryPoint = "virConnectGetType")]
    public static partial byte* GetDriver(ConnectHandle connect);

    [LibraryImport(Library, EntryPoint = "virConnectGetVersion")]
    public static partial int GetHypervisorVersion(ConnectHandle connect, out nuint version);

    [LibraryImport(Library, EntryPoint = "virConnectGetLibVersion")]
    public static partial int GetLibvirtVersion(ConnectHandle connect, out nuint version);

    [LibraryImport(Library, EntryPoint = "virConnectGetHostname")]
    public static partial byte* GetHostName(ConnectHandle connect);

    [LibraryImport(Library, EntryPoint = "virConnectGetCapabilities")]
    public static partial byte* GetCapabilities(ConnectHandle connect);

    [LibraryImport(Library, EntryPoint = "virConnectGetSysinfo")]
    public static partial byte* GetSysinfo(ConnectHandle connect, uint flags);

    [LibraryImport(Library, EntryPoint = "virNodeGetInfo")]
    public static partial int NodeGetInfo(ConnectHandle connect, out NodeInfo info);

    [LibraryImport(Library, EntryPoint = "virNodeGetCPUMap")]
    public static partial int NodeGetCpuMap(ConnectHandle connect, out byte* map, out uint online, uint flags);

    [LibraryImport(Library, EntryPoint = "virNodeGetCellsFreeMemory")]
    public static partial int NodeGetCellsFreeMemory(ConnectHandle connect, ulong* bytes, int start, int count);

    [LibraryImport(Library, EntryPoint = "virNodeGetFreePages")]
    public static partial int NodeGetFreePages(
        ConnectHandle connect, uint sizes, uint* sizesKiB, int start, uint cells, ulong* counts, uint flags);

    [LibraryImport(Library, EntryPoint = "virConnectListAllDomains")]
    public static partial int ListAllDomains(ConnectHandle connect, out nint* domains, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainFree")]
    public static partial int DomainFree(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainGetName")]
    public static partial byte* DomainGetName(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainGetUUID")]
    public static partial int DomainGetUuid(nint domain, byte* uuid);

    [LibraryImport(Library, EntryPoint = "virDomainGetID")]
    public static partial uint DomainGetId(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainGetState")]
    public static partial int DomainGetState(DomainHandle domain, out int state, out int reason, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainGetXMLDesc")]
    public static partial byte* DomainGetXml(DomainHandle domain, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainManagedSaveGetXMLDesc")]
    public static partial byte* DomainGetManagedSaveXml(DomainHandle domain, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainGetVcpus")]
    public static partial int DomainGetVcpus(DomainHandle domain, VcpuInfo* vcpus, int count, byte* maps, int mapLength);

    [LibraryImport(Library, EntryPoint = "virDomainGetIOThreadInfo")]
    public static partial int DomainGetIothreads(DomainHandle domain, out IothreadInfo** threads, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainIOThreadInfoFree")]
    public static partial void IothreadFree(IothreadInfo* thread);
}
