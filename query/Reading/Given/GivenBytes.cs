using System.Text;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>The bytes of a file somebody names, or of standard input for <c>-</c>.</summary>
internal static class GivenBytes
{
    private const long Largest = 64 << 20;

    public static ReadOnlyMemory<byte> Read(string option, string path, Surroundings around)
    {
        try
        {
            if (path == "-")
            {
                return Input(option, around.In);
            }

            var file = new FileInfo(path);
            return !file.Exists ? throw new Refusal(
                    ExitCode.SourceUnusable, Directory.Exists(path) ? $"{option} {path}: is a folder, not a file" : $"{option} {path}: there is no such file")
                : file.Length > Largest ? throw new Refusal(ExitCode.SourceUnusable, $"{option} {path}: is larger than {Largest >> 20} MiB")
                : File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(ExitCode.SourceUnusable, $"{option} {path}: cannot be read: {error.Message}", cause: error);
        }
    }

    // The text reader would decode what only XML knows how to.
    private static byte[] Input(string option, TextReader input)
    {
        if (input is not StreamReader { BaseStream: var stream })
        {
            return Encoding.UTF8.GetBytes(input.ReadToEnd());
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is var read and > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > Largest)
            {
                throw new Refusal(ExitCode.SourceUnusable, $"{option} -: is larger than {Largest >> 20} MiB");
            }
        }

        return bytes.ToArray();
    }
}
