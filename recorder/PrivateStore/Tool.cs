using System.ComponentModel;
using System.Diagnostics;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>A small program run to its end, in a plain environment.</summary>
internal sealed record Tool(string Program, IReadOnlyList<string> Arguments)
{
    public string Folder { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Exit code and everything it printed; code -1 where the program is not there or is not executable.
    /// </summary>
    public async Task<ToolResult> RunAsync(CancellationToken cancel)
    {
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new ToolResult(-1, "", missing.Message);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            await process.WaitForExitAsync(cancel);
            return new ToolResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>
    /// The caller's variables but for PG ones and the locale, which would change what PostgreSQL does.
    /// </summary>
    public ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsUnwanted).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsUnwanted(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal)
            || name.StartsWith("LC_", StringComparison.Ordinal)
            || name is "LANG" or "LANGUAGE" or "TZ";
}
