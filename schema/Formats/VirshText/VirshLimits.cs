using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Formats.VirshText;

/// <summary>What of a difference virsh has no command for, each as a comment that names the element to edit.</summary>
internal static class VirshLimits
{
    public static IEnumerable<string> Between(GuestPins before, GuestPins after, string guest)
    {
        if (before.Placement == "auto" != (after.Placement == "auto") || !Equals(before.Cpus, after.Cpus))
        {
            yield return Edit(guest, $"<vcpu{(after.Cpus is { } cpus ? $" cpuset='{cpus}'" : "")}>");
        }

        if (before.Memory is not null && after.Memory is null)
        {
            yield return Edit(guest, "no <memory> in <numatune>");
        }

        if (before.GuestCells.Count == 0 && after.GuestCells.Count > 0)
        {
            yield return Edit(guest, $"<numa> in <cpu>, with {(after.GuestCells.Count == 1 ? "one cell" : $"{after.GuestCells.Count} cells")} for the guest");
        }

        var was = before.GuestCells.ToDictionary(cell => cell.Id);
        foreach (var cell in after.GuestCells.Where(cell => !SameBinding(was.GetValueOrDefault(cell.Id), cell)))
        {
            yield return Edit(guest, cell is { Cells: { } cells }
                ? $"<memnode cellid='{cell.Id}' mode='{MemoryModeText.Of(cell.Mode ?? MemoryMode.Strict)}' nodeset='{cells}'/>"
                : $"no <memnode cellid='{cell.Id}'>");
        }

        if (!before.Pages.SequenceEqual(after.Pages, PagesEqual.Instance))
        {
            yield return Edit(guest, "the <hugepages> of <memoryBacking>");
        }
    }

    // A line feed in a name would end the comment.
    private static string Edit(string guest, string what) => $"# virsh edit {Cleaned.Text(guest)}: {what}, from the next start on";

    private static bool SameBinding(GuestCell? left, GuestCell right) => Equals(left?.Cells, right.Cells)
        && (right.Cells is null || (left?.Mode ?? MemoryMode.Strict) == (right.Mode ?? MemoryMode.Strict));

    private sealed class PagesEqual : IEqualityComparer<GuestPages>
    {
        public static readonly PagesEqual Instance = new();

        public bool Equals(GuestPages? left, GuestPages? right) =>
            left?.SizeKiB == right?.SizeKiB && object.Equals(left?.GuestCells, right?.GuestCells);

        public int GetHashCode(GuestPages pages) => HashCode.Combine(pages.SizeKiB, pages.GuestCells);
    }
}
