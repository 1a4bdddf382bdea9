using System.Text;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>Where in a document a definition stands tells in which layer it counts.</summary>
public sealed class DomainLayerTests
{
    private const string Defined = "<domain><name>a</name></domain>";
    private const string Active = "<domain id='3'><name>a</name></domain>";

    [Fact]
    public void A_definition_is_config_and_that_of_a_running_domain_is_live()
    {
        Assert.Equal(["Config "], Layers(Defined));
        Assert.Equal(["Config "], Layers("<domain id='-1'><name>a</name></domain>"));
        Assert.Equal(["Live running"], Layers(Active));
    }

    [Fact]
    public void A_status_document_is_live_in_the_state_it_names() =>
        Assert.Equal(["Live paused"], Layers($"<domstatus state='paused' reason='user'>{Active}</domstatus>"));

    [Theory]
    [InlineData("<state>running</state>", "SavedImage running")]
    [InlineData("<state>paused</state><memory snapshot='external' file='/x'/>", "SavedImage paused")]
    [InlineData("<state>running</state><memory snapshot='no'/>", "Config running")]
    [InlineData("<state>disk-snapshot</state>", "Config disk-snapshot")]
    [InlineData("<state>shutoff</state>", "Config shutoff")]
    [InlineData("", "Config ")]
    public void A_snapshot_is_a_saved_image_when_the_memory_is_in_it(string inner, string layer) =>
        Assert.Equal([layer], Layers($"<domainsnapshot><name>s</name>{inner}{Active}</domainsnapshot>"));

    [Fact]
    public void A_snapshot_may_hold_the_persistent_definition_beside_the_one_that_ran()
    {
        const string inactive = "<inactiveDomain><name>a</name></inactiveDomain>";

        Assert.Equal(
            ["SavedImage running", "Config "],
            Layers($"<domainsnapshot><state>running</state>{Active}{inactive}</domainsnapshot>"));
    }

    [Fact]
    public void A_migration_cookie_and_a_checkpoint_carry_the_definition()
    {
        Assert.Equal(["Config "], Layers($"<qemu-migration><name>x</name>{Defined}</qemu-migration>"));
        Assert.Equal(["Config "], Layers($"<domaincheckpoint><name>x</name>{Active}</domaincheckpoint>"));
    }

    [Fact]
    public void A_domain_in_the_metadata_of_another_is_none() => Assert.Equal(
        ["Config "], Layers("<domain><name>a</name><metadata><domain id='1'><name>b</name></domain></metadata></domain>"));

    [Theory]
    [InlineData("<capabilities><guest><arch><domain type='kvm'><machine>q35</machine></domain></arch></guest></capabilities>")]
    [InlineData("<device><capability type='pci'><domain>0</domain><bus>2</bus></capability></device>")]
    [InlineData("<network><name>default</name><domain name='example.org'/></network>")]
    public void What_other_documents_call_a_domain_is_no_guest(string xml) => Assert.Empty(Layers(xml));

    [Fact]
    public void A_domain_is_found_in_a_wrapper_that_nobody_knows_when_it_has_a_name() =>
        Assert.Equal(["Config "], Layers($"<backup><item>{Defined}</item></backup>"));

    [Fact]
    public void A_domain_of_another_namespace_is_none() =>
        Assert.Empty(Layers("<domains><domain xmlns='urn:other'><name>a</name></domain></domains>"));

    private static IEnumerable<string> Layers(string xml) =>
        DomainDocuments.Parse(Encoding.UTF8.GetBytes(xml)).Guests.Select(guest => $"{guest.Pins.Layer} {guest.Pins.State}");
}
