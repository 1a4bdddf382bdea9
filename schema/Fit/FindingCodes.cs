namespace NumaHistory.Schema.Fit;

/// <summary>The codes of findings in the order reports show them, each with the dimension it belongs to.</summary>
internal static class FindingCodes
{
    public static readonly (string Code, string Dimension)[] All =
    [
        ("stale", "evidence"), ("no-topology", "evidence"),
        ("cpu-gone", "cpu"), ("cpu-offline", "cpu"), ("cpu-not-allowed", "cpu"), ("cpuset-not-restored", "cpu"), ("cpu-not-isolated", "cpu"),
        ("isolated-floating", "cpu"), ("cpu-remapped", "cpu"), ("core-type-mixed", "cpu"),
        ("cell-gone", "cell"), ("cell-renumbered", "cell"), ("cell-split", "cell"),
        ("smt-policy", "smt"), ("smt-changed", "smt"),
        ("overlap", "sharing"), ("self-overlap", "sharing"), ("overcommit", "sharing"),
        ("memory-capacity", "memory"), ("memory-free", "memory"), ("memory-tight", "memory"), ("memory-committed", "memory"),
        ("memory-shrunk", "memory"), ("memory-drift", "memory"), ("memory-tier", "memory"), ("hugepages", "pages"),
        ("distance-worse", "distance"), ("emulator", "emulator"), ("emulator-floating", "emulator"), ("iothread", "iothread"),
        ("device-remote", "device"), ("device-no-cell", "device"), ("cpu-model", "cpu"), ("vnuma-mismatch", "cell"),
        ("layer-differs", "layer"), ("drift", "layer"), ("stale-definition", "layer"),
        ("pin-inactive", "cpu"), ("capacity-unused", "cpu"), ("soft-unreachable", "cpu"), ("not-checked", "evidence"),
    ];

    private static readonly Dictionary<string, (int Order, string Dimension)> ByCode =
        All.Select((one, order) => (one, order)).ToDictionary(one => one.one.Code, one => (one.order, one.one.Dimension));

    public static int Order(string code) => ByCode[code].Order;

    public static string Dimension(string code) => ByCode[code].Dimension;
}
