namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The operator's word for a PCI class code; classes that nobody pins a guest to keep their number.</summary>
internal static class PciClass
{
    public static string Word(long code) => (code >> 16, code >> 8) switch
    {
        (0x01, _) => "disk",
        (0x02, _) or (_, 0x0c06) => "network",
        (0x03, _) => "display",
        (0x04, _) => "multimedia",
        (0x06, _) => "bridge",
        (_, 0x0c03) => "usb",
        (0x12, _) or (_, 0x0b40) => "accelerator",
        var (_, number) => $"0x{number:x4}",
    };
}
