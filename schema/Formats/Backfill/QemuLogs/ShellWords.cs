using System.Text;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>The words of a command line as libvirt writes it for a shell: quoted in single quotes where needed.</summary>
internal static class ShellWords
{
    /// <summary>The words; null where a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (quote != '\0' ? letter == quote : letter is '\'' or '"')
            {
                (quote, isWord) = (quote == '\0' ? letter : '\0', true);
            }
            else if (letter == '\\' && quote != '\'' && at + 1 < line.Length)
            {
                word.Append(line[++at]);
                isWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                End();
            }
            else
            {
                word.Append(letter);
                isWord = true;
            }
        }

        End();
        return quote == '\0' ? words : null;

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}
