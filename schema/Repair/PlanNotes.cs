using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Repair;

/// <summary>What has to be known beside the numbers of a plan, in sentences.</summary>
internal static class PlanNotes
{
    public static IEnumerable<string> Of(FitQuestion question, FitReport report, GuestPins after)
    {
        var before = question.Guest;
        if (RepairMoves.Between(before, after, report.Situation).Count == 0)
        {
            yield return question.OtherLayer is not null && report.Findings.Any(finding => finding.Code == "layer-differs")
                ? "the pins can stay; the definition is made to say the same"
                : "the pins can stay: what changed around them takes nothing away. numa-recorder decide records that they are meant so now";
        }
        else if (question.Undone is null && (before.Exclusive == true || before.Reserved is not null))
        {
            yield return "what was decided for it stays taken on this host until numa-recorder decide records the new pins";
        }

        foreach (var note in Memory(question, report, after))
        {
            yield return note;
        }

        if (ManagerWay.Long(before, after) is { } way)
        {
            yield return way;
        }
        else if (report.Situation == Situation.Resume)
        {
            yield return "a saved image keeps its own definition: virsh managedsave-edit, or save-image-edit FILE, and the elements of -o xml";
        }
        else if (report.Situation == Situation.MigrateIn)
        {
            yield return "at the migration: virsh migrate with --xml FILE and --persistent-xml FILE, the definition with the elements of -o xml in it";
        }
    }

    private static IEnumerable<string> Memory(FitQuestion question, FitReport report, GuestPins after)
    {
        var before = question.Guest;
        if (report.Situation != Situation.Running || question.Host.Topology is not { } topology)
        {
            yield break;
        }

        if (!RepairMoves.SameMemory(before, after))
        {
            var size = RepairMoves.KiB(before, after) is { } kib ? MemorySize.Human(kib) : "its memory";
            yield return RepairMoves.IsLive(before, after)
                ? $"{size} of memory move along while it runs: the binding is restrictive"
                : $"{size} of memory cannot move while it runs: QEMU was told at its start where to take it; until the next start it stays where it is";
        }

        var host = TopologyIndex.Of(topology);
        var (was, now) = (host.CellsOf(GuestIndex.Of(before).Vcpus), host.CellsOf(GuestIndex.Of(after).Vcpus));
        if (was.Equals(now))
        {
            yield break;
        }

        if (!RepairMoves.SameMemory(before, after) && !RepairMoves.IsLive(before, after) && before.ManagedBy is null)
        {
            yield return "its vCPUs are remote to that memory until then; without --live they wait for the next start as well";
        }
        else if (before.Memory is null && before.GuestCells.All(cell => cell.Cells is null))
        {
            yield return "its memory is bound to no cell and stays where it was allocated, until the kernel's NUMA balancing or migratepages moves it";
        }
    }
}
