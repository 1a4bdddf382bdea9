using System.CommandLine;
using NumaHistory.Recorder.Sources;

namespace NumaHistory.Recorder.Commands;

/// <summary>--host, the name under which an observation is recorded.</summary>
internal static class HostOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--host") { Description = "The name of the host", HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !HostName.IsValid(token.Value))
            {
                result.AddError($"--host: '{token.Value}' cannot name a host: {HostName.Rule}");
            }
        });
        return option;
    }
}
