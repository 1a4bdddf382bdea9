namespace NumaHistory.Tests.Rules;

internal static class Rule
{
    /// <summary>Fails with every offender on a line of its own.</summary>
    public static void Holds(IEnumerable<string> offenders)
    {
        var all = offenders.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all.Prepend("the rule is broken by")));
    }
}
