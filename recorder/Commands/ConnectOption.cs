using System.CommandLine;

namespace NumaHistory.Recorder.Commands;

/// <summary>--connect, the libvirt hosts to look at; may be given several times.</summary>
internal static class ConnectOption
{
    public static Option<string[]> Create()
    {
        var option = new Option<string[]>("--connect")
        {
            Description = "A libvirt host, such as qemu:///system or qemu+ssh://host/system; may be repeated",
            HelpName = "URI",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => string.IsNullOrWhiteSpace(token.Value)) is not null)
            {
                result.AddError("--connect: is empty; write it like qemu:///system");
            }
        });
        return option;
    }
}
