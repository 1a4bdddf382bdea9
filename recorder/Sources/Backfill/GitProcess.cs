using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Xml;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>git, asked about the repository that a folder lies in. It only ever reads.</summary>
internal sealed class GitProcess(string folder)
{
    /// <summary>What a git command prints; one that fails is a <see cref="SourceUnusableException"/> with git's own reason.</summary>
    public async Task<string> AskAsync(IEnumerable<string> arguments, CancellationToken cancel)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? output
            : throw new SourceUnusableException(
                $"{folder}: {(await error).Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? $"git ends with {process.ExitCode}"}",
                "it must be a folder of a git repository that this user may read");
    }

    /// <summary>The contents with these ids, by one process; those too large to be a definition are left out.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ContentsAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        using var process = Start(["cat-file", "--batch"]);
        var contents = new Dictionary<string, byte[]>(ids.Count, StringComparer.Ordinal);
        var output = process.StandardOutput.BaseStream;
        foreach (var id in ids)
        {
            await process.StandardInput.WriteLineAsync(id.AsMemory(), cancel);
            await process.StandardInput.FlushAsync(cancel);
            var head = (await LineAsync(output, cancel)).Split(' ');
            if (head is not [_, "blob", var size] || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                throw new SourceUnusableException($"{folder}: git has no content {id}", "git fsck tells what is missing");
            }

            var bytes = new byte[length + 1];
            await output.ReadExactlyAsync(bytes, cancel);
            if (length <= XmlRoot.LargestBytes)
            {
                contents[id] = bytes[..length];
            }
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(cancel);
        return contents;
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancel)
    {
        var line = new StringBuilder();
        var letter = new byte[1];
        while (await stream.ReadAsync(letter, cancel) == 1 && letter[0] != '\n')
        {
            line.Append((char)letter[0]);
        }

        return line.ToString();
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        // A repository that a hook or another git is at work on is none of ours.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new SourceUnusableException($"{folder}: git cannot be run: {missing.Message}", "install git", missing);
        }
    }
}
