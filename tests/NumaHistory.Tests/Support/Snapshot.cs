using System.Runtime.CompilerServices;

namespace NumaHistory.Tests.Support;

/// <summary>
/// Compares text with the expected text beside the test, <c>TestClass.Test_name.txt</c>. NUMAHISTORY_REFRESH=1 writes
/// what is seen instead; look at the diff before committing it.
/// </summary>
public static class Snapshot
{
    /// <summary>Fails unless the text is the expected one; part tells several pictures of one test apart.</summary>
    public static void Matches(
        string actual,
        string? part = null,
        string extension = "txt",
        [CallerFilePath] string file = "",
        [CallerMemberName] string test = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{test}{(part is null ? "" : "." + part)}.{extension}";
        var path = Path.Combine(Path.GetDirectoryName(file)!, name);
        if (Environment.GetEnvironmentVariable("NUMAHISTORY_REFRESH") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : null;
        if (expected != actual)
        {
            Assert.Fail($"{name} {Difference(expected, actual)}\n--- expected\n{expected}\n--- seen\n{actual}\n---\n"
                + "NUMAHISTORY_REFRESH=1 accepts what was seen.");
        }
    }

    private static string Difference(string? expected, string actual)
    {
        if (expected is null)
        {
            return "does not exist";
        }

        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"differs from line {line + 1} on";
    }
}
