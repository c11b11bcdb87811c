using Amazon.CloudFormation.Model;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

public sealed class DistrictStackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_account_becomes_a_district_and_empty_again()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);

        var created = await district.CreateAsync();
        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = DistrictStack.Name }, Cancellation);
        Assert.Equal("CREATE_COMPLETE", created.StackStatus.Value);
        var ids = created.Outputs.ToDictionary(output => output.OutputKey, output => output.OutputValue);
        Assert.Equal(2, ids["PublicSubnets"].Split(',').Length);
        var order = events.StackEvents.AsEnumerable().Reverse().ToList();
        int At(string id, string status) => order.FindIndex(entry => entry.LogicalResourceId == id && entry.ResourceStatus.Value == status);
        foreach (var (after, before) in (ValueTuple<string, string>[])
            [("PublicA", "Ipv6"), ("NatGateway", "Attachment"), ("NatGateway", "Address"), ("Group", "Machine"), ("Providers", "Provider")])
            Assert.True(At(after, "CREATE_IN_PROGRESS") > At(before, "CREATE_COMPLETE"), $"{after} after {before}");

        var deleted = await district.DeleteAsync(created.StackId);
        Assert.Equal("DELETE_COMPLETE", deleted.StackStatus.Value);
        Assert.Empty((await host.Machines.DescribeVpcsAsync(new DescribeVpcsRequest(), Cancellation)).Vpcs ?? []);
        Assert.Empty((await host.Machines.DescribeInstancesAsync(new DescribeInstancesRequest(), Cancellation)).Reservations ?? []);
        // The bucket is retained, and stays somebody's.
        await host.Buckets.PutObjectAsync(
            new Amazon.S3.Model.PutObjectRequest { BucketName = ids["Bucket"], Key = "k", ContentBody = "v" }, Cancellation);
    }

    [Fact]
    public async Task Its_cluster_has_as_many_instances_as_its_group_wants()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        await district.CreateAsync();

        var cluster = await ClusterAsync(host);
        Assert.Equal(2, cluster.RegisteredContainerInstancesCount);
        Assert.Equal(3, cluster.CapacityProviders.Count);
        var machines = await host.Machines.DescribeInstancesAsync(new DescribeInstancesRequest(), Cancellation);
        Assert.Equal(2, machines.Reservations.Sum(reservation => reservation.Instances.Count));
    }

    [Fact]
    public async Task User_data_that_names_no_cluster_leaves_it_empty()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        (district.Properties("Machine")["LaunchTemplateData"] as System.Text.Json.Nodes.JsonObject)?.Remove("UserData");
        Assert.Equal("CREATE_COMPLETE", (await district.CreateAsync()).StackStatus.Value);
        Assert.Equal(0, (await ClusterAsync(host)).RegisteredContainerInstancesCount);
    }

    [Fact]
    public async Task Another_instance_type_is_a_new_version_and_rolls_the_instances_and_nothing_else()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        await district.CreateAsync();
        var before = await InstancesAsync(host);
        district.Parameters.Add(new Parameter { ParameterKey = "Type", ParameterValue = "m7i.large" });

        Assert.Equal("UPDATE_COMPLETE", (await district.UpdateAsync()).StackStatus.Value);

        var after = await InstancesAsync(host);
        Assert.Equal(2, after.Count);
        Assert.Empty(after.Select(machine => machine.InstanceId).Intersect(before.Select(machine => machine.InstanceId)));
        Assert.All(after, machine => Assert.Equal("m7i.large", machine.InstanceType.Value));
        Assert.Equal(2, (await ClusterAsync(host)).RegisteredContainerInstancesCount);
        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = DistrictStack.Name }, Cancellation);
        Assert.Equal(["Group", "Machine"], events.StackEvents.Where(entry => entry.ResourceStatus.Value == "UPDATE_COMPLETE"
            && entry.LogicalResourceId != DistrictStack.Name).Select(entry => entry.LogicalResourceId));
    }

    [Fact]
    public async Task Two_regions_and_two_accounts_do_not_see_each_other()
    {
        await using var host = await AwsHost.StartAsync();
        await new DistrictStack(host).CreateAsync();
        using var elsewhere = new Amazon.EC2.AmazonEC2Client(AwsHost.Credentials, host.Config(new Amazon.EC2.AmazonEC2Config(), "eu-west-1"));
        var assumed = await host.Tokens.AssumeRoleAsync(new Amazon.SecurityToken.Model.AssumeRoleRequest
        {
            RoleArn = "arn:aws:iam::210987654321:role/barcelona/barcelona-default",
            RoleSessionName = "test",
        }, Cancellation);
        using var other = new Amazon.EC2.AmazonEC2Client(assumed.Credentials, host.Config(new Amazon.EC2.AmazonEC2Config()));

        Assert.Single((await host.Machines.DescribeVpcsAsync(new DescribeVpcsRequest(), Cancellation)).Vpcs);
        Assert.Empty((await elsewhere.DescribeVpcsAsync(new DescribeVpcsRequest(), Cancellation)).Vpcs ?? []);
        Assert.Empty((await other.DescribeVpcsAsync(new DescribeVpcsRequest(), Cancellation)).Vpcs ?? []);
    }

    private static async Task<Cluster> ClusterAsync(AwsHost host)
    {
        var arns = await host.Ecs.ListClustersAsync(new ListClustersRequest(), Cancellation);
        return (await host.Ecs.DescribeClustersAsync(new DescribeClustersRequest { Clusters = arns.ClusterArns }, Cancellation)).Clusters.Single();
    }

    private static async Task<List<Instance>> InstancesAsync(AwsHost host)
    {
        var answer = await host.Machines.DescribeInstancesAsync(new DescribeInstancesRequest(), Cancellation);
        return [.. answer.Reservations.SelectMany(reservation => reservation.Instances)];
    }
}
