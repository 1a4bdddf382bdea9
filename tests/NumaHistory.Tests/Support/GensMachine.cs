using CsCheck;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Support;

/// <summary>
/// Machines that could exist: ids with gaps, cells without CPUs or memory, CPUs offline, one or two threads a core.
/// </summary>
public static class GensMachine
{
    private static readonly Gen<int[]> Ids =
        Gen.OneOf<int[]>([0], [0, 1], [0, 1, 3], [0, 2], [0, 1, 2, 3], [1, 8]);

    public static readonly Gen<Machine> Any =
        from ids in Ids
        from threads in Gen.Int[1, 2]
        from cores in Gen.Int[0, 3].Array[ids.Length]
        from memory in Gen.OneOf(0L, 1_048_576, 4_194_304).Array[ids.Length]
        from pages in Gen.Int[0, 2].Array[ids.Length]
        from offline in Gen.Int[1, 23].Array[0, 5]
        from isolated in Gen.Int[0, 23].Array[0, 3]
        select Build(ids, threads, cores, memory, pages, CpuSet.Of(offline), CpuSet.Of(isolated));

    private static Machine Build(
        int[] ids, int threads, int[] cores, long[] memory, int[] pages, CpuSet offline, CpuSet isolated)
    {
        var next = 0;
        var cells = new List<MachineCell>();
        for (var i = 0; i < ids.Length; i++)
        {
            var count = cores[i] * threads;
            var cpus = CpuSet.Range(next, next + count - 1);
            cells.Add(new MachineCell(ids[i], cpus, memory[i], pages[i], Socket: i / 2));
            next += count;
        }

        var all = CpuSet.Range(0, next - 1);
        return new Machine(cells)
        {
            Threads = threads,
            Offline = offline.Intersect(all),
            Isolated = isolated.Intersect(all),
        };
    }
}
