namespace NumaHistory.Tests.Hosts;

public sealed class RecordedHostTests
{
    public static TheoryData<string> Hosts => [.. RecordedHost.Names()];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_recorded_host_reads_as_other_tools_say(string host)
    {
        var answers = new Answers(await RecordedHost.ReadAsync(host), RecordedHost.Expected(host));

        RawAnswers.Compare(answers);
        ToolAnswers.Hwloc(answers, "default");
        ToolAnswers.Hwloc(answers, "all");
        ToolAnswers.Hwloc(answers, "live");
        ToolAnswers.Lscpu(answers);
        PeerAnswers.Numactl(answers);
        PeerAnswers.Libvirt(answers);
        PeerAnswers.Pcp(answers);
        PeerAnswers.NodeExporter(answers);

        var reasons = KnownDifference.Of(host).ToList();
        var unexplained = answers.Differences.Where(
            difference => !reasons.Exists(reason => reason.Explains(difference)));
        var idle = reasons.Where(reason => !answers.Differences.Any(reason.Explains)).Select(reason => reason.Start);
        Assert.True(
            !unexplained.Any() && !idle.Any(),
            $"{host}\n  {string.Join("\n  ", unexplained)}\nexplained but not seen: {string.Join("; ", idle)}");
        Assert.True(answers.Compared > 2, $"{host}: only {answers.Compared} values were compared");
    }
}
