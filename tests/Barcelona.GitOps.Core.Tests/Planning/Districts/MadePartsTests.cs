using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Planning.Districts;
using Barcelona.GitOps.Core.Tests.Templates.Districts;

namespace Barcelona.GitOps.Core.Tests.Planning.Districts;

public sealed class MadePartsTests
{
    private static readonly District District = DistrictExample.With(MadeDistrict.Keys);
    private static readonly HashSet<string> Used = ["demo-endpoint"];

    [Fact]
    public void What_was_made_is_found_as_if_it_had_always_been_there()
    {
        var resolved = MadeParts.Resolve(District, Used, MadeDistrict.Made(District));

        Assert.Empty(resolved.Missing);
        var network = Assert.IsType<Network.Existing>(resolved.District.Network);
        Assert.Equal(("made-VpcId", "made-PrivateSubnets"), (network.VpcId, Assert.Single(network.PrivateSubnets)));
        Assert.Equal("made-CapacityProvider", Assert.IsType<Cluster.Existing>(resolved.District.Cluster).CapacityProvider);
        Assert.Equal("made-HttpListenerArn", Assert.Single(resolved.District.Endpoints).Existing?.HttpListenerArn);
        Assert.Equal("made-Bucket", resolved.District.ExistingBucket);
    }

    [Fact]
    public void Without_a_way_out_tasks_live_in_public_subnets_unless_images_come_by_an_interface_endpoint()
    {
        var none = DistrictExample.With(MadeDistrict.Keys.Replace("managed_gateway", "none", StringComparison.Ordinal));
        var ecr = DistrictExample.With(MadeDistrict.Keys.Replace("managed_gateway", "none, interface_endpoints: [ecr]", StringComparison.Ordinal));

        Assert.Empty(Assert.IsType<Network.Existing>(MadeParts.Resolve(none, Used, MadeDistrict.Made(none)).District.Network).PrivateSubnets);
        Assert.NotEmpty(Assert.IsType<Network.Existing>(MadeParts.Resolve(ecr, Used, MadeDistrict.Made(ecr)).District.Network).PrivateSubnets);
    }

    [Fact]
    public void What_is_missing_is_named_and_awaited_while_its_stack_is_at_work()
    {
        var nothing = MadeParts.Resolve(District, Used, MadeDistrict.Nothing);
        Assert.Equal(["network", "cluster", "endpoint demo-endpoint"], nothing.Missing.Select(m => m.Name));
        Assert.False(nothing.IsUnderWay);
        Assert.Equal("BCN720", Assert.Single(nothing.Refusals(District.Span)).Code);

        var made = MadeDistrict.Made(District);
        var busy = new ObservedDistrict { Stack = made.Stack is { } s ? s with { Status = StackStatus.CreateInProgress, Outputs = s.Outputs.Clear() } : null };
        Assert.True(MadeParts.Resolve(District, Used, busy).IsUnderWay);
    }

    [Fact]
    public void A_district_that_is_being_taken_down_takes_no_deploys()
    {
        var going = District with { Delete = true };

        Assert.Equal("BCN721", Assert.Single(new ResolvedDistrict(going, []).Refusals(District.Span)).Code);
    }
}
