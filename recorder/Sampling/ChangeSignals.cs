namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Tells cheaply whether a whole look is due: the lists of online and present CPUs, of cells, and the boot id, read from open files
/// and compared byte by byte with the time before. Allocates nothing. A list that is not there never changes.
/// </summary>
public sealed class ChangeSignals : IDisposable
{
    // A list of 4096 CPUs of which every second is offline.
    private const int LongestList = 16 * 1024;

    private static readonly string[] Watched =
    [
        "sys/devices/system/cpu/online",
        "sys/devices/system/cpu/present",
        "sys/devices/system/node/online",
        "proc/sys/kernel/random/boot_id",
    ];

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(LongestList, pinned: true);
    private readonly KeptFile[] _files;
    private readonly byte[][] _seen;
    private readonly int[] _lengths;

    private ChangeSignals(KeptFile[] files)
    {
        _files = files;
        _seen = [.. files.Select(_ => new byte[LongestList])];
        _lengths = new int[files.Length];
        Changed();
    }

    /// <summary>Opens the lists below a root and remembers what they say now.</summary>
    public static ChangeSignals Open(string root) =>
        new([.. Watched.Select(path => Path.Combine(root, path)).Where(File.Exists).Select(KeptFile.Open)]);

    /// <summary>Whether a list says something else than at the last call, or can no longer be read.</summary>
    public bool Changed()
    {
        var changed = false;
        for (var i = 0; i < _files.Length; i++)
        {
            var length = _files[i].Read(_buffer);
            var now = _buffer.AsSpan(0, Math.Max(0, length));
            if (length == _lengths[i] && now.SequenceEqual(_seen[i].AsSpan(0, now.Length)))
            {
                continue;
            }

            now.CopyTo(_seen[i]);
            _lengths[i] = length;
            changed = true;
        }

        return changed;
    }

    /// <summary>Closes the lists.</summary>
    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }
}
