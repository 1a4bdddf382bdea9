using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sources;

/// <summary>Files of every format that is imported; which one it is is said, or told by the content.</summary>
/// <param name="format">The word of --format; <c>auto</c> looks into each file.</param>
/// <param name="input">What <c>-</c> stands for.</param>
/// <param name="host">The name of the one host, or null for base names.</param>
/// <param name="at">When the documents were written.</param>
internal sealed class ImportDocuments(string format, Stream input, string? host, DateTimeOffset at)
{
    private const int HeadLength = 512;

    private readonly SysfsDocuments _trees = new(host, at);
    private readonly XmlDocuments _xml = new(host, at);

    /// <summary>The formats that are read.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["auto", SysfsSource.SourceName, "capabilities", "topology", "domain"];

    /// <summary>What the file holds; what cannot be used is an item too, never an exception.</summary>
    public async Task<IReadOnlyList<ImportItem>> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            if (file != "-" && Directory.Exists(file))
            {
                return await FolderAsync(file, cancel);
            }

            await using var stream = file == "-" ? input : Open(file);
            var head = new byte[HeadLength];
            var length = await stream.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancel);
            var whole = new HeadedStream(head.AsMemory(0, length), stream);
            var isXml = format is not ("auto" or SysfsSource.SourceName)
                || (format == "auto" && XmlRoot.MayBe(head.AsSpan(0, length)));
            return isXml ? [Xml(file, await BytesAsync(whole, file, cancel))]
                : file != "-" || host is not null ? await _trees.ArchiveAsync(file, whole, cancel)
                : throw new Refusal(
                    ExitCode.Usage, "-: standard input is one archive and has no name", "name its host with --host");
        }
        catch (SourceUnusableException unusable)
        {
            return [Bad(file, unusable.Message, unusable.Hint)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [Bad(file, $"{file}: cannot be read: {error.Message}", null)];
        }
    }

    private ImportItem Bad(string file, string error, string? hint) =>
        new(file, null, error, hint) { Guests = format == "domain" ? [] : null };

    // A folder is a recorded machine, or several; a folder of XML files is as many documents.
    private async Task<IReadOnlyList<ImportItem>> FolderAsync(string folder, CancellationToken cancel)
    {
        var documents = format is SysfsSource.SourceName || (format == "auto" && SysfsDocuments.Holds(folder))
            ? []
            : Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).ToList();
        if (documents.Count == 0)
        {
            return format is "auto" or SysfsSource.SourceName
                ? _trees.Folder(folder)
                : throw new SourceUnusableException($"{folder}: holds no .xml file");
        }

        var items = new List<ImportItem>();
        foreach (var document in documents)
        {
            items.AddRange(await ReadAsync(document, cancel));
        }

        return items;
    }

    private ImportItem Xml(string file, ReadOnlyMemory<byte> bytes)
    {
        var name = format == "auto" ? XmlRoot.Name(bytes) ?? "" : "";
        return format == "domain" || DomainDocuments.Looks(name) ? _xml.Domains(file, bytes)
            : name.Length == 0 && format == "auto" ? _xml.Topology(file, bytes) with { Hint = null }
            : format != "auto" || TopologyDocuments.Looks(name) ? _xml.Topology(file, bytes)
            : throw new SourceUnusableException(
                $"{file}: <{name}> is neither a domain nor a topology", "say what it is with --format");
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream stream, string file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancel) is var read and > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > XmlRoot.LargestBytes)
            {
                throw new SourceUnusableException($"{file}: is larger than {XmlRoot.LargestBytes >> 20} MiB");
            }
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static FileStream Open(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                throw new SourceUnusableException($"{file}: there is no such file or folder");
            }

            return new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnusableException($"{file}: cannot be opened: {error.Message}", cause: error);
        }
    }
}
