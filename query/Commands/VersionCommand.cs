using System.CommandLine;
using System.Reflection;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

internal static class VersionCommand
{
    public static Command Create(Verbs verbs) =>
        verbs.Offline(new Command("version", "this program's version, and the store's that it reads"), (request, _) =>
        {
            var item = new VersionItem(Application.Name, Version(), StoreVersion.Known);
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<VersionItem>("Version", request.Now, [item], () => ReadModelJson.Default.VersionItem),
                new VersionRendering());
            return ExitCode.Yes;
        });

    private static string Version() =>
        typeof(VersionCommand).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
