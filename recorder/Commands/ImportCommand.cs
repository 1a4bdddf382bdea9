using System.CommandLine;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>import: observations from files, each a document of its own; a bad one does not stop the others.</summary>
internal static class ImportCommand
{
    private static readonly string[] Formats =
    [
        "auto", SysfsSource.SourceName, "capabilities", "topology", "domain", "xl-info", "xl-vcpu-list", "lgrpinfo",
        "hwloc", EventsImport.Format,
    ];

    public static Command Build(RecorderContext context, RecordObservations record)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A folder or .tar.gz that holds sys/, XML of libvirt, or - for one document on standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = GlobalOptions.Choice("--format", "What the files are", "auto", Formats);
        var host = HostOption.Create();
        var at = new Option<string?>("--at") { Description = "When they were taken (default now)", HelpName = "TIME" };
        var dryRun = DryRun.Option();
        var command = new Command("import", "Observations from files") { files, format, host, at, dryRun };
        command.SetAction(async (parsed, cancel) =>
        {
            var form = parsed.GetValue(dryRun) ? ObservationOutput.Form(context, parsed) : null;
            if (parsed.GetValue(format) == EventsImport.Format)
            {
                EventsImport.Refuse(parsed, host, at);
                return (int)await new EventsImport(context, parsed).RunAsync(parsed.GetValue(files)!, form is not null, cancel);
            }

            RefuseFormat(parsed.GetValue(format)!);
            var moment = ImportMoment.Parse(context, parsed, parsed.GetValue(at));
            var name = parsed.GetValue(host);
            var documents = new ImportDocuments(parsed.GetValue(format)!, context.In, name, moment);
            var items = await ReadAsync(parsed.GetValue(files)!, name, documents, cancel);
            if (form is null)
            {
                GuestNotes.Write(context, parsed, items);
                return (int)await ItemOutcome.RecordAsync(context, parsed, items, Guests(items, name, moment), record, cancel);
            }

            ObservationOutput.Write(context, parsed, items, moment);
            return (int)ItemOutcome.Complain(context, items);
        });
        return command;
    }

    // The guests of all documents as one look at the host they are on.
    private static Observation? Guests(List<ImportItem> items, string? host, DateTimeOffset at)
    {
        var guests = items.SelectMany(item => item.Guests ?? []).ToList();
        return guests.Count == 0 ? null
            : host is not null ? XmlDocuments.Guests(host, at, guests)
            : throw new Refusal(ExitCode.Usage, "domain XML does not say on which host its guests are", "name it with --host");
    }

    private static async Task<List<ImportItem>> ReadAsync(
        string[] files, string? host, ImportDocuments documents, CancellationToken cancel)
    {
        if (files.Count(file => file == "-") > 1)
        {
            throw new Refusal(ExitCode.Usage, "-: standard input is one document", "name it once");
        }

        var items = new List<ImportItem>();
        foreach (var file in files)
        {
            items.AddRange(await documents.ReadAsync(file, cancel));
        }

        var hosts = items.Count(item => item.Guests is null);
        return host is null || hosts <= 1
            ? items
            : throw new Refusal(
                ExitCode.Usage,
                $"--host {host}: names one host, but there are {hosts} documents",
                "without --host each is named by its base name; or import them one by one");
    }

    private static void RefuseFormat(string format)
    {
        if (!ImportDocuments.Formats.Contains(format, StringComparer.Ordinal))
        {
            throw new Refusal(
                ExitCode.Usage, $"--format {format}: not read yet; {string.Join(", ", [.. ImportDocuments.Formats, EventsImport.Format])} are");
        }
    }
}
