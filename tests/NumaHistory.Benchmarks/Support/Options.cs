namespace NumaHistory.Benchmarks.Support;

/// <summary>Options of a benchmark: pairs of --name and value.</summary>
internal sealed class Options(IReadOnlyList<string> arguments)
{
    public string? Text(string name) =>
        arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second).FirstOrDefault();

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text) : otherwise;
}
