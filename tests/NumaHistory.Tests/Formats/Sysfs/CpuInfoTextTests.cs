using NumaHistory.Schema.Formats.Sysfs;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class CpuInfoTextTests
{
    [Fact]
    public void On_x86_each_CPU_has_model_stepping_and_APIC_id()
    {
        var text = CpuInfoText.Parse(
            """
            processor	: 0
            model name	:   Xeon(R)   Gold
            stepping	: 7
            microcode	: 0x5002f01
            apicid		: 0
            flags		: fpu lm hypervisor

            processor	: 8
            model name	: Xeon(R) Gold
            stepping	: 6
            microcode	: 0x5002f02
            apicid		: 16
            flags		: fpu lm hypervisor
            """);

        Assert.Equal(new CpuSilicon("Xeon(R) Gold", 7, 0), text.Cpus[0]);
        Assert.Equal(new CpuSilicon("Xeon(R) Gold", 6, 16), text.Cpus[8]);
        Assert.Equal(("x86_64", true, "0x5002f01,0x5002f02"), (text.Architecture, text.IsGuest, text.Microcode));
    }

    [Fact]
    public void On_s390_each_CPU_has_one_line()
    {
        var text = CpuInfoText.Parse(
            """
            vendor_id       : IBM/S390
            # processors    : 2
            features	: esan3 zarch stfle
            processor 1: version = FF,  identification = 29AA14,  machine = 2817
            processor 4: version = FF,  identification = 29AA14,  machine = 2817
            """);

        Assert.Equal([1, 4], text.Cpus.Keys.Order());
        Assert.Equal("IBM/S390 2817", text.Cpus[4].Model);
        Assert.Equal("s390x", text.Architecture);
    }

    [Fact]
    public void On_old_ARM_what_follows_the_CPUs_holds_for_all()
    {
        var text = CpuInfoText.Parse(
            """
            Processor	: ARMv7 Processor rev 1 (v7l)
            processor	: 0
            BogoMIPS	: 1595.80

            processor	: 1
            BogoMIPS	: 1595.80

            CPU implementer	: 0x41
            CPU architecture: 7
            CPU revision	: 1
            """);

        Assert.Equal(new CpuSilicon("ARMv7 Processor rev 1 (v7l)", 1, null), text.Cpus[1]);
        Assert.Equal("armv7l", text.Architecture);
    }

    [Theory]
    [InlineData("processor : 0\narch : IA-64\nfamily : 32\nmodel : 1\n", "ia64", "IA-64 family 32 model 1")]
    [InlineData("processor : 0\nisa : rv64imafdc\nuarch : sifive,u74-mc\n", "riscv64", "sifive,u74-mc")]
    [InlineData(
        "processor : 0\nCPU implementer : 0x48\nCPU architecture: 8\nCPU variant : 0x1\nCPU part : 0xd01\n", "aarch64",
        "implementer 0x48 part 0xd01 variant 0x1")]
    [InlineData("processor : 0\ncpu : POWER9, altivec supported\n", null, "POWER9, altivec supported")]
    [InlineData("processor : 0\nfdiv_bug : no\nmodel name : Xeon\nflags : fpu lm\n", "i686", "Xeon")]
    public void Other_architectures_are_told_by_their_lines(string text, string? architecture, string model)
    {
        var read = CpuInfoText.Parse(text);

        Assert.Equal(architecture, read.Architecture);
        Assert.Equal(model, read.Cpus[0].Model);
    }

    [Fact]
    public void Text_of_no_kind_gives_nothing()
    {
        var text = CpuInfoText.Parse("processor : many\n:::\nprocessor 99999999999: machine = 1\n");

        Assert.Empty(text.Cpus);
        Assert.Null(text.Architecture);
    }
}
