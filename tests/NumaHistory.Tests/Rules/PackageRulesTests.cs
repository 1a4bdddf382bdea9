using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Rules;

public sealed class PackageRulesTests
{
    private static readonly string[] StoreLibraries = ["Marten", "JasperFx", "Weasel", "DistributedLock", "Quartz"];

    [Fact]
    public void Schema_asks_for_no_package_and_no_project()
    {
        var references = Project("schema/NumaHistory.Schema.csproj").Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "Reference" or "FrameworkReference")
            .Select(element => element.ToString());

        Rule.Holds(references);
    }

    [Fact]
    public void What_every_project_gets_is_an_analyzer_that_no_program_carries()
    {
        var references = Project("Directory.Build.props").Descendants("PackageReference")
            .Select(element => ((string?)element.Attribute("Include"), (string?)element.Attribute("PrivateAssets")));

        Assert.Equal([("Microsoft.CodeAnalysis.BannedApiAnalyzers", "all")], references);
    }

    [Fact]
    public void Schema_is_built_on_the_framework_alone()
    {
        var others = typeof(CpuSet).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Rule.Holds(others);
    }

    [Fact]
    public void Numa_history_carries_nothing_of_the_store_not_even_through_schema()
    {
        var carried = Carried("numa-history");
        var named = Assembly.Load("numa-history").GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.Contains("Npgsql", carried);
        Assert.DoesNotContain(carried.Concat(named), IsOfTheStore);
    }

    [Theory]
    [InlineData("schema/NumaHistory.Schema.csproj")]
    [InlineData("query/NumaHistory.Query.csproj")]
    public void Schema_and_numa_history_are_built_for_ahead_of_time_compilation(string project)
    {
        var said = Project(project).Descendants("IsAotCompatible").Select(element => element.Value);

        Assert.Equal(["true"], said);
    }

    [Theory]
    [InlineData("recorder/NumaHistory.Recorder.csproj")]
    [InlineData("query/NumaHistory.Query.csproj")]
    public void Each_program_references_the_shared_language_and_no_other_project(string project)
    {
        var references = Project(project).Descendants("ProjectReference").Select(element => (string?)element.Attribute("Include"));

        Assert.Equal(["../schema/NumaHistory.Schema.csproj", "../schema/Files/NumaHistory.Files.csproj"], references);
    }

    [Fact]
    public void Every_version_is_exact_and_stands_in_one_file()
    {
        var central = Project("Directory.Packages.props").Descendants("PackageVersion")
            .Where(element => (string?)element.Attribute("Version") is not ['[', .., ']'])
            .Select(element => element.ToString());
        var scattered = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .SelectMany(path => XDocument.Load(path).Descendants("PackageReference"))
            .Where(element => element.Attribute("Version") is not null || element.Attribute("VersionOverride") is not null)
            .Select(element => element.ToString());

        Rule.Holds(central.Concat(scattered));
    }

    private static XDocument Project(string path) => XDocument.Load(Repository.At(path));

    // The program's own list of what it needs at run time, written by the build beside it.
    private static List<string> Carried(string program)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{program}.deps.json")));
        return [.. json.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }

    private static bool IsOfTheStore(string name) =>
        StoreLibraries.Any(library => name.StartsWith(library, StringComparison.OrdinalIgnoreCase));
}
