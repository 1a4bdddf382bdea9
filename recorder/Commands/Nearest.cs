namespace NumaHistory.Recorder.Commands;

/// <summary>The known word that a mistyped one most likely meant.</summary>
internal static class Nearest
{
    public static string? To(string written, IEnumerable<string> known) => known
        .Where(word => word.Length > 2)
        .Select(word => (Word: word, Edits: Edits(written, word)))
        .Where(found => found.Edits <= Math.Max(1, found.Word.Length / 3))
        .OrderBy(found => found.Edits).ThenBy(found => found.Word, StringComparer.Ordinal)
        .Select(found => found.Word)
        .FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
