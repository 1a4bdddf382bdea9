namespace NumaHistory.Query.Commands;

/// <summary>The help topic on <c>place</c>: what counts, how it is scored, what is kept back.</summary>
internal static class PlacementHelp
{
    public const string Text =
        """
        place says where a guest fits: a candidate is a pinning that `fit` calls FITS on that host. Each guest cell goes to a
        host cell of its own (--allow-shared-cells lets several share one where they do not fit otherwise). Without --cells
        and without cells in --domain the fewest guest cells that fit are taken, 1 to 8.

        WHICH CELLS of a host, by --policy; the first thing counts a million times the second:

          closest    smallest sum of distances between the cells, both ways; then the lowest cell numbers
          pack       cells that are left the fullest, so that large holes stay; then distances
          spread     cells that are left the emptiest; then distances

        SCORE, 0 to 100, to one decimal; --explain shows the numbers it is made of:

          closest    100 with one guest cell, else 1000 x P / D, 100 at the most: P ordered pairs of guest cells (2 cells: 2,
                     3: 6), D the sum of the distances of all pairs. Local is 10; where no distance is known 128 counts on
                     one socket and 256 between sockets
          spread     100 x the mean over the host cells it uses of (CPUs left / CPUs + memory left / memory) / 2, as they are
                     once the guest is there. CPUs are the dedicated ones, or the shared ones less their use with --cpu shared
          pack       100 - that

        ORDER of candidates: fewest guest cells, then score, then the host's name. Rejected hosts: fewest reasons first.

        MEMORY of a cell that counts: what is free now and not promised to other guests, without huge page pools and without
        a reserve, and never what would have to be reclaimed first. A guest that does not run has nothing of its memory yet,
        so all of it comes off what is free. Memory of dedicated guests is promised once; of shared ones as often as
        --memory-ratio says (1 if it is not given). In huge pages only pages count that are free and no guest was promised: those of the size that --hugepages names,
        of any size with large or any. The base page is the smallest of every host, so small and 4KiB are ordinary memory; in
        --problem small and large mean the sizes that are listed there.

        CPUS that count: online, allowed, and no thread of another guest pinned to them or decided to be; of a core that another
        guest wants alone (isolate) no thread at all. Isolated CPUs are given to one vCPU each and never shared, since the
        kernel balances nothing over them. --emulator share (the default) puts the emulator beside shared vCPUs on their
        CPUs, beside dedicated ones on CPUs of the first host cell that threads of others share already, else on one that
        is free, else on the vCPUs' own; --emulator isolate and --reserved N take CPUs there that nobody else is given. Where
        cores are of several types, the vCPUs of a guest are given one type, and what is set aside is of another if one is free.

          --reserve SIZE     kept back in each cell (128MiB): Linux frees no cell down to its last page, but starts to
                             reclaim at its watermarks. oVirt keeps 256 MiB a host back, which is this on two cells
          --overhead SIZE    what each guest costs beside its memory (64MiB): the hypervisor's process and page tables.
                             oVirt counts 65 MiB. Large guests with many devices or a graphics card take more
          --cpu-ratio R      shared vCPUs for each shared CPU; no limit if it is not given

        Guest cells that share a host cell (--allow-shared-cells) are meant so once that is decided; a definition by itself
        is told so by fit (vnuma-mismatch). Where host cells have CPUs in common, guest cells are tried one after the other,
        and a host may be rejected that a cleverer choice would fit.

        --near DEVICE puts one guest cell on the device's cell: the first of them that fits there, so that the others may
        lie elsewhere, as close as the policy has it. Ask for one cell (--cells 1) to have all of the guest beside it. Devices
        that --domain hands to the guest count as if they were named so, and hosts without them are rejected.
        Cells without CPUs, and cells of a slower memory tier or of an accelerator, are used only if --on-cells names them.

        --at TIME asks about the past, with the least memory that was free in the hour of TIME, what guests took later in that
        hour included: that is what samples and their rollups have in common. --replay --since TIME [--until TIME] asks when it would have fitted: the share of the time, the longest gap and the longest fit, and every stretch with
        the worst reason that the nearest change would remove. Free memory counts by its least in each hour. Where the host
        has not the room however much is free, free memory is not looked at. Time of which nobody can tell (silence, facts
        too old) is not counted and ends a gap. On the line of all hosts ("any") it fits where some host has room;
        where none has and nobody can tell of one of them, nobody can tell at all.

        -o xml with --domain prints the guest's own document, ready for virsh define: the pins of vCPUs, emulator and I/O
        threads, <numatune>, <vcpu> and, where the document does not say it so, page sizes and guest cells are those of the
        best candidate; all else stays to the letter, shares and quotas, <cpu>, devices, metadata and comments too. Of a
        document of several parts (a status file, a snapshot) the definition alone is printed. Without --domain it prints a part
        of a definition: elements that take the place of the same ones of the guest's (virsh edit). Type, <os> and devices are
        not in it, so it cannot be defined as it is; where the guest's own <cpu> names a model, or <cputune> has shares and
        quotas, keep those and put <numa> and the pins into them.
        -o virsh changes a guest that is defined already: every pin, and with --domain what of pages and guest cells is other
        than the document says. -o xl prints the lines of xl.cfg that take the place of the guest's own, with --domain too.

        Exit code: 0 if it fits, 1 if nowhere; with --replay the same for its end, as `place --at` of that moment would
        say: what was before is in the answer, not in the code.

        """;
}
