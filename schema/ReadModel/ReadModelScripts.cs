using System.Globalization;

namespace NumaHistory.Schema.ReadModel;

/// <summary>The numbered scripts of schema numa, embedded; the highest number is the version programs need.</summary>
public static class ReadModelScripts
{
    /// <summary>The version of the read model this program was made for.</summary>
    public const int Latest = 13;

    /// <summary>All scripts in order: their number and their text.</summary>
    public static IEnumerable<(int Version, string Sql)> All()
    {
        var assembly = typeof(ReadModelScripts).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (Version: Number(name), Name: name))
            .OrderBy(script => script.Version)
            .Select(script => (script.Version, Text(script.Name)));

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    // NumaHistory.Schema.ReadModel.001_read_model.sql
    private static int Number(string resource) =>
        int.Parse(resource.Split('.')[^2].TrimStart('_').Split('_')[0], CultureInfo.InvariantCulture);
}
