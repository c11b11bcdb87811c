namespace AwsClients.Tests.Parity;

/// <summary>What compiles against a generated client compiles against the official one, and means the same.</summary>
public sealed class ApiParityTests
{
    [Theory]
    [MemberData(nameof(ParityService.Names), MemberType = typeof(ParityService))]
    public void Every_public_member_of_a_generated_client_is_the_official_one(string name)
    {
        var service = ParityService.Get(name);
        var generated = PublicSurface.Of(service.Generated);
        var official = PublicSurface.Of(service.Official);

        var differences = (
            from member in generated
            let counterpart = official.GetValueOrDefault(member.Key, "(none)")
            where member.Value != counterpart
            select new Difference(member.Key, $"generated '{member.Value}', official '{counterpart}'")).ToList();

        KnownDifferences.Check(KnownDifferences.InSurface(name), differences);
    }

    [Theory]
    [InlineData("KeyManagementService", 1459)]
    [InlineData("SecurityToken", 287)]
    [InlineData("SQS", 572)]
    public void The_comparison_covers_the_whole_service(string name, int atLeast)
    {
        Assert.InRange(PublicSurface.Of(ParityService.Get(name).Generated).Count, atLeast, int.MaxValue);
    }
}
