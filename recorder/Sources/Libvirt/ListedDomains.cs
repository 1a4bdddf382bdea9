namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>Which domains a list holds: virConnectListAllDomainsFlags.</summary>
[Flags]
internal enum ListedDomains : uint
{
    All = 0,
    Transient = 8,
    ManagedSave = 256,
}
