using System.IO.Compression;
using NumaHistory.Schema.Files;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>Text of a file, unpacked where logrotate packed it.</summary>
internal static class TextFile
{
    /// <summary>Opens a file; throws <see cref="SourceUnusableException"/> where there is none.</summary>
    public static TextReader Open(string file)
    {
        if (!File.Exists(file))
        {
            throw new SourceUnusableException($"{file}: there is no such file or folder");
        }

        Stream stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    /// <summary>The same; <c>-</c> is what stands on standard input.</summary>
    public static TextReader Open(string file, Stream input) => file == "-" ? new StreamReader(input) : Open(file);
}
