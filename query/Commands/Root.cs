using System.CommandLine;

namespace NumaHistory.Query.Commands;

/// <summary>The program's grammar.</summary>
internal static class Root
{
    public static RootCommand Create(Surroundings around, CancellationToken cancel)
    {
        var verbs = new Verbs(around, cancel);
        var root = new RootCommand(
            "asks the recorded NUMA history of hosts: topology, memory per cell, and what changed when");
        foreach (var option in verbs.Options.All)
        {
            option.Recursive = true;
            root.Add(option);
        }

        root.Add(HostsCommand.Create(verbs));
        root.Add(CellsCommand.Create(verbs));
        root.Add(TopologyCommand.Create(verbs));
        root.Add(GuestsCommand.Create(verbs));
        root.Add(PinsCommand.Create(verbs));
        root.Add(MigrationsCommand.Create(verbs));
        root.Add(OverlapsCommand.Create(verbs));
        root.Add(FitCommand.Create(verbs));
        root.Add(BlameCommand.Create(verbs));
        root.Add(HindsightCommand.Create(verbs));
        root.Add(PlaceCommand.Create(verbs));
        root.Add(WhatFitsCommand.Create(verbs));
        root.Add(DiffCommand.Create(verbs));
        root.Add(HistoryCommand.Create(verbs));
        root.Add(MemoryCommand.Create(verbs));
        root.Add(ExportCommand.Create(verbs));
        root.Add(CpuSetCommand.Create(verbs));
        root.Add(VersionCommand.Create(verbs));
        root.Add(HelpCommand.Create(verbs, root));
        root.Add(CompletionCommand.Create(verbs));
        return root;
    }
}
