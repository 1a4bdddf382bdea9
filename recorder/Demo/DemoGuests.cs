using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Demo;

/// <summary>The guests of the demo; every one fits where it starts.</summary>
internal static class DemoGuests
{
    public static readonly DemoGuest Web01 = DemoGuest.InARow("web01", "5d0c3f8e-0000-4000-8000-000000000001", 0, 4, 0, 16);

    public static readonly DemoGuest Web02 = DemoGuest.InARow("web02", "5d0c3f8e-0000-4000-8000-000000000002", 4, 4, 1, 16);

    public static readonly DemoGuest Db01 = DemoGuest.InARow("db01", "5d0c3f8e-0000-4000-8000-000000000003", 8, 4, 2, 8);

    public static readonly DemoGuest Big01 = DemoGuest.InARow("big01", "5d0c3f8e-0000-4000-8000-000000000004", 28, 4, 3, 48);

    public static readonly DemoGuest Batch01 =
        new("batch01", "5d0c3f8e-0000-4000-8000-000000000005", [0, 16, 4, 20], 0, 24) { Smt = SmtPolicy.Require };

    public static readonly DemoGuest Floating01 =
        new("floating01", "5d0c3f8e-0000-4000-8000-000000000006", [0, 1], null, 4) { Exclusive = false };

    public static readonly DemoGuest Cache01 = DemoGuest.InARow("cache01", "5d0c3f8e-0000-4000-8000-000000000007", 8, 4, 1, 32);

    public static readonly DemoGuest Gpu01 =
        DemoGuest.InARow("gpu01", "5d0c3f8e-0000-4000-8000-000000000008", 24, 4, 3, 32) with { Device = "0000:e1:00.0" };

    public static readonly DemoGuest Bench01 = DemoGuest.InARow("bench01", "5d0c3f8e-0000-4000-8000-00000000000a", 4, 4, 0, 8);

    public static readonly DemoGuest Tmp01 = DemoGuest.InARow("tmp01", "5d0c3f8e-0000-4000-8000-000000000009", 2, 2, 0, 4);
}
