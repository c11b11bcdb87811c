namespace Barcelona.GitOps.Core.Templates.Access;

/// <summary>
/// Names that a district's things have in AWS, as policies write them. No name holds <c>--</c>, so that where a pattern has it none of one district
/// fits another's. Names that CloudFormation makes begin with the stack's and go on with the logical id: there a pattern also fits a district whose
/// own name goes on like that, <c>shop-bucket-2</c> beside <c>shop</c>. Beginnings that are cut may be those of another long name too.
/// </summary>
internal static class DistrictNames
{
    /// <summary>Long names are cut and end in a hash: up to here the beginning always stands.</summary>
    private const int Certain = 100;

    public static IEnumerable<string> Stacks(string district) =>
    [
        $"barcelona-{district}",
        Beginning($"barcelona-endpoint--{district}--", Certain),
        Beginning($"barcelona-heritage--{district}--", Certain),
        Beginning($"barcelona-app--{district}--", Certain),
    ];

    /// <summary>Of what the district's own stack makes under this logical id.</summary>
    public static string Made(string district, string logicalId) => Beginning($"barcelona-{district}-{logicalId}-", Certain);

    /// <summary>Bucket names are in lower case and short.</summary>
    public static string Bucket(string district)
    {
        const int Short = 40;
        return Beginning($"barcelona-{district.ToLowerInvariant()}-bucket-", Short);
    }

    /// <summary>Of what app stacks make; names of queues have 80 characters.</summary>
    public static string Queues(string district)
    {
        const int Short = 40;
        return Beginning($"barcelona-app--{district}--", Short);
    }

    private static string Beginning(string text, int length) => (text.Length <= length ? text : text[..length]) + "*";
}
