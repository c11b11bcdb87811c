namespace AwsClients.Tests.Parity;

/// <summary>
/// Where a generated client differs from the official one: customizations that the official SDK makes by hand for a single service, none of which
/// the product uses in generated form.
/// </summary>
internal static class KnownDifferences
{
    /// <summary>Sent by services that moved from query to JSON and keep their old error codes: SQS alone, here.</summary>
    public const string QueryModeHeader = "x-amzn-query-mode";

    public static IReadOnlyList<string> InSurface(string service) => service switch
    {
        "SecurityToken" =>
        [
            // By hand in the official package, so that an AssumeRole response can be handed to a client.
            "type Amazon.SecurityToken.Model.Credentials",
            "Amazon.SecurityToken.Model.Credentials.Expiration",

            // The package was made of a newer model, in which this member is deprecated.
            "Amazon.SecurityToken.Model.AssumeRoleResponse.PackedPolicySize",
            "Amazon.SecurityToken.Model.AssumeRoleWithSAMLResponse.PackedPolicySize",
            "Amazon.SecurityToken.Model.AssumeRoleWithWebIdentityResponse.PackedPolicySize",
            "Amazon.SecurityToken.Model.GetDelegatedAccessTokenResponse.PackedPolicySize",
            "Amazon.SecurityToken.Model.GetFederationTokenResponse.PackedPolicySize",
        ],
        _ => [],
    };

    public static IReadOnlyList<string> InRequests(string service) => service switch
    {
        // These two are not signed; a generated client signs everything, which adds the header "Host".
        "SecurityToken" => ["AssumeRoleWithSAMLAsync", "AssumeRoleWithWebIdentityAsync"],
        _ => [],
    };

    public static IReadOnlyList<string> InResponses(string service) => service switch
    {
        // The official client compares digests and batch ids with the request, and rejects the made-up answers.
        "SQS" => ["ReceiveMessageAsync", "SendMessageAsync", "SendMessageBatchAsync"],
        _ => [],
    };

    /// <summary>Fails on a difference that is not known, and on a known one that is no more.</summary>
    public static void Check(IReadOnlyList<string> known, IReadOnlyCollection<Difference> found)
    {
        var unknown = found.Where(difference => !known.Contains(difference.Where)).Select(difference => $"{difference.Where}: {difference.What}");
        var gone = known.Except(found.Select(difference => difference.Where)).Select(where => $"{where}: no longer differs");
        var problems = unknown.Concat(gone).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }
}
