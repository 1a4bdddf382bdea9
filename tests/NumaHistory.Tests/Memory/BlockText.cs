using System.Globalization;
using System.Text;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Memory;

/// <summary>A block as text with everything in it: records that hold lists have no value equality.</summary>
internal static class BlockText
{
    public static string Of(MemoryBlock block)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"{Known(block.BootId)} {Known(block.Interval)} {Known(block.Structure)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Known(block.Capacity)} {Known(block.PinState)}");
        foreach (var sample in block.Samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"{sample.At.UtcTicks}:");
            foreach (var cell in sample.Cells)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $" {cell.Id}={Known(cell.TotalKiB)},{Known(cell.FreeKiB)},{Known(cell.ReclaimableKiB)}");
                text.Append(cell.Pages is null ? "-" : $"[{string.Join(' ', cell.Pages)}]");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private static string Known<T>(T? value) => value is null ? "unknown" : $"<{value}>";
}
