namespace NumaHistory.Query.Commands;

/// <summary>What does not belong to one verb.</summary>
internal static class HelpTopics
{
    public static readonly IReadOnlyList<string> Names = ["time", "size", "cpulist", "exit-codes", "json", "store", "verdicts", "placement"];

    public static string? Text(string? name) => name switch
    {
        "time" => Time,
        "size" => Size,
        "cpulist" => CpuList,
        "exit-codes" => ExitCodes,
        "json" => Json,
        "store" => Store,
        "verdicts" => Verdicts,
        "placement" => PlacementHelp.Text,
        _ => null,
    };

    private const string Time =
        """
        TIME names a moment of observed time: when a host looked like that, not when it was written.

          2026-05-01T12:00Z        RFC 3339; without an offset in the zone of --tz (UTC)
          2026-05-01               midnight
          now, today, yesterday    with a time of day: yesterday 14:30
          -2h, "2h ago", -1d12h    before now; -PT2H as ISO 8601 has it
          @1777636800              seconds since 1970
          #1234                    the event at this position of `numa-history history`, itself included
          boot, first, last        of the host that is named: its latest boot, its first and last observation

        --at TIME asks for the state at that moment. --known-at TIME leaves out what was recorded later, so that
        `--at T --known-at T` is what could be known at the time. Between two observations the earlier one holds.

        """;

    private const string Size =
        """
        SIZE is an amount of memory in binary units: 16GiB, 512MiB, 2G. A number without a unit is refused.

        Tables show sizes cut to one decimal (15.9GiB never shows as 16GiB), with --bytes plain bytes.
        JSON and CSV have whole KiB in fields whose name ends in KiB, whatever the table shows.

        """;

    private const string CpuList =
        """
        CPULIST names CPUs, or cells: 0-3,8 and 0-7,^2 (all of 0 to 7 but 2). Output is canonical: 0-1,3,8.

        `numa-history cpuset --dialect D TEXT` reads what another program would read, its oddities included:

          libvirt (default)          domain XML: vcpu cpuset, vcpupin, numatune
          virsh                      virsh vcpupin; `all` needs --cpus
          kernel, kernel-mask        /sys and boot parameters: 0-3:1/2, N; masks as f,00000000
          xl                         xl.cfg cpus=: all, ^2, nodes:0 (needs --cell 0=0-3)
          numactl, numactl-nodes     --physcpubind and --membind: !0, +0-1, all (needs --cpus)
          taskset, taskset-mask      taskset -c and taskset

        With - it reads one expression a line and prints one line each, !reason for a bad one; exit 2 if any is bad.

        """;

    private const string ExitCodes =
        """
          0    yes, done; an empty list too
          1    the answer is no: diff found changes, some pinning does not fit, a decision did not fit or rested on
               what was out of date (hindsight)
          2    the command was typed wrong
          3    the store cannot be reached, or --timeout ran out
          4    the named host, guest or moment is not known; --at before the first event
          5    a file cannot be used
          6    the store's schema is older or newer than this program
         70    a bug of ours; -v prints where
        130    stopped by Ctrl-C
        141    the reader closed the pipe
        143    stopped by SIGTERM

        """;

    private const string Json =
        """
        -o json prints {"apiVersion":"numahistory/v1","kind":K,"at":T,"items":[...]}; -o jsonl the items, one a line.

        Memory is in KiB, in fields named ...KiB; unknown is null, never 0; sets are lists such as "0-3,8"; times are
        RFC 3339 in UTC. Fields may be added. -o csv has the same fields, flat, with a header line.

        """;

    private const string Store =
        """
        The store is a PostgreSQL database that numa-recorder writes. Which one, the first that is there:

          --db CONN                                     libpq keywords or postgresql://USER@HOST:PORT/NAME
          NUMAHISTORY_DB                                the same
          PGHOST, PGPORT, PGDATABASE, PGUSER, ...       as psql takes them
          /etc/numahistory/config.json                  then $XDG_CONFIG_HOME/numahistory/config.json
          the private store of this user                numa-recorder up, or numa-recorder store start

        A connection with a password in it is refused: put it into the file that PGPASSFILE names. Reading needs
        select on schema numa only (role numa_reader).

        """;

    private const string Verdicts =
        """
        A pinning fits when the hypervisor, taking its CPU and cell numbers literally, still does what it was made for.

          BROKEN      the guest cannot start, is killed, or takes what belongs to another
          UNKNOWN     the evidence is missing or too old
          DEGRADED    it runs, but the intent is lost: worse than no pin
          FITS        none of these; INFO findings change nothing

        The worst finding is the verdict; all of them are shown. The situation is running (the live definition), start
        (the config), resume (a saved image) or migrate-in (another host); where running and start differ both are shown.

        Compared is with the context: the host as it was when the pinning was decided, or first seen. What was so then
        already is no reproach. Without a context a finding says what could not be checked.

        """;
}
