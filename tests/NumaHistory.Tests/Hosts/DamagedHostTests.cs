using CsCheck;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Hosts;

public sealed class DamagedHostTests
{
    private static readonly string[] Names =
        ["numa4-hmat", "numa4-hugepages-isolcpus", "sparse-1-nodes-0-1-3", "fake4-of-1"];

    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 200];

    [Fact]
    public void A_file_that_is_cut_off_is_named_and_other_cells_keep_their_values() =>
        Damage(
            Gen.Int[1, 100_000],
            (bytes, cut) => bytes[..(bytes.Length - 1 - (cut % bytes.Length))],
            (path, before, after, cut) =>
            {
                // A cut between two lines leaves a shorter file that is as good as any; meminfo names what it lacks.
                if (cut is not [.., (byte)'\n'] && !path.EndsWith("meminfo", StringComparison.Ordinal))
                {
                    Assert.Contains(after.Problems, problem => problem.Path == path);
                }

                OthersUntouched(path, before, after);
            });

    [Fact]
    public void A_file_with_one_wrong_byte_harms_no_other_cell() =>
        Damage(
            Gen.Select(Gen.Int[0, 100_000], Gen.Byte),
            (bytes, change) =>
            {
                var copy = (byte[])bytes.Clone();
                copy[change.Item1 % copy.Length] = change.Item2;
                return copy;
            },
            (path, before, after, _) => OthersUntouched(path, before, after));

    [Fact]
    public void A_file_of_noise_harms_no_other_cell() => Damage(
        Noise, (_, noise) => noise, (path, before, after, _) => OthersUntouched(path, before, after));

    [Fact]
    public void A_file_of_NUL_bytes_is_named_and_gives_no_value() =>
        Damage(
            Gen.Int[0, 64],
            (_, length) => new byte[length],
            (path, before, after, _) =>
            {
                Assert.Contains(after.Problems, problem => problem.Path == path);
                OthersUntouched(path, before, after);
            });

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_with_the_reason()
    {
        foreach (var name in Names)
        {
            var tree = await RecordedHost.TreeAsync(name);
            foreach (var path in Paths(tree))
            {
                var after = SysfsHost.Read(new WatchedTree(tree, path, unreadable: "permission denied"));

                Assert.Contains(
                    after.Problems, problem => problem.ToString() == $"{path}: cannot be read: permission denied");
            }
        }
    }

    [Fact]
    public async Task NUL_padding_changes_no_value_and_is_a_problem()
    {
        foreach (var name in Names)
        {
            var tree = await RecordedHost.TreeAsync(name);
            var before = SysfsHost.Read(tree);
            foreach (var path in Paths(tree))
            {
                var after = SysfsHost.Read(new WatchedTree(tree, path, [.. tree.Read(path, out _)!, 0, 0, 0]));

                Assert.Equal(before.Topology.Fingerprint, after.Topology.Fingerprint);
                Assert.Equal(before.Topology.CapacityFingerprint, after.Topology.CapacityFingerprint);
                Assert.Contains(
                    after.Problems, problem => problem.Path == path && problem.What == "ends in 3 NUL bytes");
            }
        }
    }

    private static void Damage<T>(
        Gen<T> damages, Func<byte[], T, byte[]> apply, Action<string, SysfsReading, SysfsReading, byte[]> check)
    {
        var hosts = Names.Select(name => RecordedHost.TreeAsync(name).Result)
            .Select(tree => (Tree: tree, Before: SysfsHost.Read(tree), Paths: Paths(tree))).ToList();
        var cases = Gen.Int[0, hosts.Count - 1]
            .SelectMany(host => Gen.Int[0, hosts[host].Paths.Count - 1]
                .Select(file => (host, path: hosts[host].Paths[file])));
        Gen.Select(cases, damages).Sample(
            (what, damage) =>
            {
                var (tree, before, _) = hosts[what.host];
                var bytes = apply(tree.Read(what.path, out _)!, damage);

                var after = SysfsHost.Read(new WatchedTree(tree, what.path, bytes));

                check(what.path, before, after, bytes);
            },
            iter: 400,
            threads: 1);
    }

    // What lies in one cell's folder is nobody else's; a CPU's folder says nothing of memory.
    private static void OthersUntouched(string path, SysfsReading before, SysfsReading after)
    {
        var isCell = path.StartsWith(SysReader.Nodes + "/node", StringComparison.Ordinal);
        var isCpu = path.StartsWith(SysReader.Cpus + "/cpu", StringComparison.Ordinal);
        foreach (var (was, memoryWas) in before.Topology.Cells!.Zip(before.Memory.Cells))
        {
            if (isCpu || (isCell && !path.StartsWith($"{SysReader.Nodes}/node{was.Id}/", StringComparison.Ordinal)))
            {
                var now = HostTopology.Of(after.Topology.Cpus, [after.Topology.Find(was.Id)!]);
                Assert.Equal(HostTopology.Of(before.Topology.Cpus, [was]).Fingerprint, now.Fingerprint);
                Assert.Equal(HostTopology.Of(before.Topology.Cpus, [was]).CapacityFingerprint, now.CapacityFingerprint);
                Assert.Equal(memoryWas.FreeKiB, after.Memory.Cells.Single(cell => cell.Id == was.Id).FreeKiB);
            }
        }
    }

    private static List<string> Paths(Schema.Formats.ITree tree)
    {
        var watched = new WatchedTree(tree);
        SysfsHost.Read(watched);
        return [.. watched.Read];
    }
}
