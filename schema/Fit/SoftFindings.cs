namespace NumaHistory.Schema.Fit;

/// <summary>Xen's soft affinity: soft-unreachable.</summary>
internal static class SoftFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var pin in fit.Guest.Pins)
        {
            if (pin is { Cpus: { } hard, Preferred: { } soft } && !hard.Overlaps(soft))
            {
                fit.Add(
                    "soft-unreachable", Verdict.Info, FitWords.Vcpu(pin.Vcpu), soft.ToString(), hard.ToString(),
                    $"vCPU {pin.Vcpu} prefers {FitWords.Cpus(soft)} but may only run on {FitWords.Cpus(hard)}; the preference has no effect");
            }
        }
    }
}
