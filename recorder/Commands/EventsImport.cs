using System.CommandLine;
using System.Text;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Contract.Exchange;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// import --format events: what numa-history export wrote goes into this store with its identity. Every line is checked by itself; a bad
/// one is told with its place and does not stop the others.
/// </summary>
internal sealed class EventsImport(RecorderContext context, ParseResult parsed)
{
    public const string Format = "events";

    // One transaction each: large enough to be quick, small enough that a recorder of the same host hardly waits.
    private const int BatchSize = 200;

    private int _bad;

    /// <summary>An event says itself whose it is and when it was.</summary>
    public static void Refuse(ParseResult parsed, params Option<string?>[] options)
    {
        if (options.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } given)
        {
            throw new Refusal(ExitCode.Usage, $"{given.Name}: an exported event says that itself", $"leave out {given.Name}");
        }
    }

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> files, bool isDry, CancellationToken cancel)
    {
        await using var store = isDry ? null : await StoreRecording.OpenAsync(parsed, context, cancel);
        foreach (var file in files)
        {
            try
            {
                await FileAsync(file, store, cancel);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Bad($"{file}: cannot be read: {error.Message}", null);
            }
        }

        return _bad == 0 ? ExitCode.Yes : ExitCode.SourceUnusable;
    }

    private async Task FileAsync(string file, OpenStore? store, CancellationToken cancel)
    {
        await using var stream = file == "-" ? context.In : File.OpenRead(file);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var batch = new List<EventLine>();
        int number = 0, read = 0, added = 0;
        while (await reader.ReadLineAsync(cancel) is { } text)
        {
            number++;
            if (text.Length > 0 && Line($"{file}:{number}", text) is { } line)
            {
                read++;
                batch.Add(line);
            }

            if (batch.Count == BatchSize)
            {
                added += await AppendAsync(store, batch, file, cancel);
            }
        }

        added += await AppendAsync(store, batch, file, cancel);
        if (!parsed.GetValue(context.Global.Quiet))
        {
            context.Error.WriteLine(Cleaned.Text(store is null
                ? $"{file}: {read} events, none stored (--dry-run)"
                : $"{file}: {read} events, {added} new, {read - added} known already"));
        }
    }

    private static async Task<int> AppendAsync(OpenStore? store, List<EventLine> batch, string file, CancellationToken cancel)
    {
        var added = store is null || batch.Count == 0 ? 0 : await store.Import.AppendAsync(batch, Path.GetFileName(file), cancel);
        batch.Clear();
        return added;
    }

    private EventLine? Line(string place, string text)
    {
        try
        {
            return EventLineReader.Read(Encoding.UTF8.GetBytes(text));
        }
        catch (EventLineException wrong)
        {
            Bad($"{place}: {wrong.Message}", wrong.Hint);
            return null;
        }
    }

    private void Bad(string message, string? hint)
    {
        _bad++;
        Voice.Say(context, ExitCode.SourceUnusable, message, hint);
    }
}
