namespace NumaHistory.Schema.Fit;

/// <summary>Xen's soft affinity: soft-unreachable.</summary>
internal static class SoftFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var pin in fit.Pins.SoftlyUnreachable)
        {
            fit.Add(
                "soft-unreachable", Verdict.Info, FitWords.Vcpu(pin.Vcpu), pin.Preferred!.ToString(), pin.Cpus!.ToString(),
                $"vCPU {pin.Vcpu} prefers {FitWords.Cpus(pin.Preferred)} but may only run on {FitWords.Cpus(pin.Cpus)}; the preference has no effect");
        }
    }
}
