namespace NumaHistory.Recorder.PrivateStore;

/// <summary>Who owns a path, and its mode bits as stat(2) gives them.</summary>
internal readonly record struct FileOwner(uint User, uint Group, ushort Mode)
{
    private const int TypeMask = 0xf000;

    public bool IsFolder => (Mode & TypeMask) == 0x4000;

    public bool IsPipe => (Mode & TypeMask) == 0x1000;

    public bool OthersMayEnter => (Mode & 1) != 0;

    public bool OthersMayWrite => (Mode & 0x12) != 0;
}
