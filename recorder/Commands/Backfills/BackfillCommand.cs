using System.CommandLine;
using NumaHistory.Recorder.Sources.Backfill;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands.Backfills;

/// <summary>backfill: the past of hosts out of what they keep already; a verb for each kind of keeping.</summary>
internal static class BackfillCommand
{
    public static Command Build(RecorderContext context)
    {
        var host = HostOption.Create();
        host.Recursive = true;
        host.Description = "The host whose past it is, where what is read does not say";
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the events; needs no store", Recursive = true };
        var command = new Command("backfill", "The past of a host, from what is kept already; marked so, and never before what was observed") { host, dryRun };
        var outcome = new BackfillOutcome(context, dryRun);
        command.Subcommands.Add(QemuLog(host, outcome));
        command.Subcommands.Add(Git(host, outcome));
        command.Subcommands.Add(Journal(context, host, outcome));
        command.Subcommands.Add(Prometheus(context, host, outcome));
        command.Subcommands.Add(Pcp(context, host, outcome));
        return command;
    }

    private static Command QemuLog(Option<string?> host, BackfillOutcome outcome)
    {
        var files = Files("Logs of libvirt's guests, or folders of them such as /var/log/libvirt/qemu");
        var command = new Command("qemu-log", "Starts and stops of guests, their vCPUs, memory and what it is bound to") { files };
        command.SetAction(async (parsed, cancel) =>
        {
            var logs = new QemuLogFiles(parsed.GetValue(host));
            return (int)await outcome.OfAsync(parsed, [.. parsed.GetValue(files)!.SelectMany(logs.Read)], cancel);
        });
        return command;
    }

    private static Command Git(Option<string?> host, BackfillOutcome outcome)
    {
        var folders = Files("A folder of domain XML in a git repository");
        folders.HelpName = "DIR";
        var command = new Command("git", "Decided pins: who committed which definition when, and the subject as the reason") { folders };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(host) ?? throw new Refusal(
                ExitCode.Usage, "domain XML does not say on which host its guests are", "name it with --host");
            var items = new List<BacklogItem>();
            foreach (var folder in parsed.GetValue(folders)!)
            {
                items.Add(await new GitFolder(name).ReadAsync(folder, cancel));
            }

            return (int)await outcome.OfAsync(parsed, items, cancel);
        });
        return command;
    }

    private static Command Journal(RecorderContext context, Option<string?> host, BackfillOutcome outcome)
    {
        var files = Files("What journalctl -k -b all -o json (or -o short-iso-precise) prints; - is standard input");
        var command = new Command("journal", "Boots with their kernel, command line, BIOS and microcode") { files };
        command.SetAction(async (parsed, cancel) =>
        {
            var journals = new KernelJournals(parsed.GetValue(host), context.In);
            return (int)await outcome.OfAsync(parsed, [.. parsed.GetValue(files)!.SelectMany(journals.Read)], cancel);
        });
        return command;
    }

    private static Command Prometheus(RecorderContext context, Option<string?> host, BackfillOutcome outcome)
    {
        var files = Files("What promtool tsdb dump prints, or answers of /api/v1/query_range; - is standard input");
        var command = new Command("prometheus", "Memory of cells as node_exporter sampled it (node_memory_numa_*)") { files };
        command.SetAction(async (parsed, cancel) =>
        {
            var series = new SeriesFiles(parsed.GetValue(host), context.In);
            return (int)await outcome.OfAsync(parsed, [.. parsed.GetValue(files)!.SelectMany(series.Prometheus)], cancel);
        });
        return command;
    }

    private static Command Pcp(RecorderContext context, Option<string?> host, BackfillOutcome outcome)
    {
        var files = Files("What pmrep -a ARCHIVE -o csv -f '%Y-%m-%dT%H:%M:%S%z' mem.numa.util prints; - is standard input");
        var command = new Command("pcp", "Memory of cells out of an archive of Performance Co-Pilot (mem.numa.util)") { files };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(host) ?? throw new Refusal(
                ExitCode.Usage, "what pmrep prints does not say on which host it was sampled", "name it with --host");
            var series = new SeriesFiles(name, context.In);
            return (int)await outcome.OfAsync(parsed, [.. parsed.GetValue(files)!.SelectMany(series.Pcp)], cancel);
        });
        return command;
    }

    private static Argument<string[]> Files(string description) =>
        new("FILE") { Description = description, Arity = ArgumentArity.OneOrMore };
}
