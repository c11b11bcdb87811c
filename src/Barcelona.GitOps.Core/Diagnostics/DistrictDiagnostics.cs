namespace Barcelona.GitOps.Core.Diagnostics;

/// <summary>What is wrong with a district file.</summary>
internal static class DistrictDiagnostics
{
    private static readonly DiagnosticKind NameKind = new("BCN500", Severity.Error, "A district file with an impossible name",
        "districts/<name>.yml gives the district its name, which is part of every AWS name.");

    private static readonly DiagnosticKind MixedKind = new("BCN502", Severity.Error, "Both existing and made",
        "A part either exists and is named, or is made from the other keys.");

    private static readonly DiagnosticKind CapacityKind = new("BCN503", Severity.Error, "An existing cluster without capacity",
        "What an existing cluster runs on cannot be known from the file: ec2, fargate or fargate_spot.");

    private static readonly DiagnosticKind CertificateKind = new("BCN504", Severity.Error, "An endpoint's certificate is not clear",
        "An endpoint has `domain` with its `hosted_zone`, or `certificate_arn`, or neither and is HTTP only.");

    private static readonly DiagnosticKind SizesKind = new("BCN505", Severity.Error, "A range that is empty", "The maximum is below the minimum.");

    private static readonly DiagnosticKind SubnetsKind = new("BCN506", Severity.Error, "An existing network without subnets",
        "Tasks with their own network interface need subnets: private ones, or else public ones.");

    private static readonly DiagnosticKind RoleKind = new("BCN507", Severity.Error, "A role of another account",
        "What a role does, it does in its own account. `account` and the role's ARN must name the same.");

    private static readonly DiagnosticKind ArchitecturesKind = new("BCN508", Severity.Error, "Instance types of two architectures",
        "All instances of a cluster start from one image, which is for Graviton (arm64) or for Intel and AMD (x86_64).");

    private static readonly DiagnosticKind WordsKind = new("BCN509", Severity.Warning, "Private subnets without a way to what tasks need",
        "With `nat_type: none` and `ecr` tasks and instances are in private subnets, and reach only the services of `interface_endpoints`. "
        + "`logs` is for what tasks write, `secretsmanager` for their secrets, `ssm` for sessions, `ecs` for instances that join the cluster. "
        + "Without the word a task that needs the service does not start or stays silent.");

    private static readonly DiagnosticKind BoundaryKind = new("BCN510", Severity.Error, "A role without its boundary",
        "The role that `barcelona district-role` prints makes roles only with the boundary that is printed beside it, so that without "
        + "`permissions_boundary` no application's roles can be made.");

    private static readonly DiagnosticKind PerhapsBoundaryKind = new("BCN511", Severity.Warning, "A role, and no boundary",
        "Nothing bounds the roles that are made here. If `role` has the policies that `barcelona district-role` prints, it cannot make them at all.");

    private static readonly DiagnosticKind BalancerSubnetsKind = new("BCN512", Severity.Error, "A load balancer without two subnets",
        "A load balancer stands in two availability zones at least. In an existing network a public endpoint takes the `public_subnets`, "
        + "an internal one the `private_subnets`, or else the public ones.");

    private static readonly DiagnosticKind CertificateRegionKind = new("BCN513", Severity.Error, "A certificate of another region",
        "A load balancer takes certificates of its own region only.");

    private static readonly DiagnosticKind AccessLogsKind = new("BCN514", Severity.Information, "Load balancers without access logs",
        "Whether an existing bucket lets load balancers write is not known, and one that does not would fail the endpoint. "
        + "Without `bucket` the district makes one, and access logs go there.");

    public static Diagnostic BalancerSubnets(SourceSpan span, string endpoint, string key) => BalancerSubnetsKind.At(
        span, $"Endpoint '{endpoint}' needs two subnets at least, in different zones, and the network has fewer {key}.",
        $"Name them under network: existing: {key}.");

    public static Diagnostic CertificateRegion(SourceSpan span, string certificate, string district) => CertificateRegionKind.At(
        span, $"The certificate is of {certificate}, and the district's load balancers are in {district}.", $"Give one of {district}.");

    public static Diagnostic NoAccessLogs(SourceSpan span, string bucket) => AccessLogsKind.At(
        span, $"The endpoints' load balancers write no access logs: whether they may write to {bucket} is not known.");

    public static Diagnostic NoBoundary(SourceSpan span, string boundary) => BoundaryKind.At(
        span, "This role makes no role without its boundary, and every application has roles.", $"Add permissions_boundary: {boundary}.");

    public static Diagnostic PerhapsNoBoundary(SourceSpan span) => PerhapsBoundaryKind.At(
        span, "'role' is given and 'permissions_boundary' is not.", "Add the policy that bounds the roles made here.");

    public static Diagnostic Architectures(SourceSpan span, IEnumerable<string> arm, IEnumerable<string> others) => ArchitecturesKind.At(
        span, $"'instance_types' mixes arm64 ({string.Join(", ", arm)}) and x86_64 ({string.Join(", ", others)}).",
        "Keep those of one architecture.");

    public static Diagnostic MissingWords(SourceSpan span, IEnumerable<string> words) => WordsKind.At(
        span, $"With 'nat_type: none' nothing in a private subnet reaches {string.Join(", ", words)}.",
        $"Add to interface_endpoints: {string.Join(", ", words)}.");

    public static Diagnostic Name(string file, string name, string allowed) =>
        NameKind.At(SourceSpan.StartOf(file), $"'{name}' cannot be a district's name; allowed: {allowed}.", "Rename the file.");

    public static Diagnostic Mixed(SourceSpan span, string key) =>
        MixedKind.At(span, $"'existing' and '{key}' exclude each other.", "Remove one of them.");

    public static Diagnostic CapacityRequired(SourceSpan span) =>
        CapacityKind.At(span, "With an existing cluster 'capacity' is required.", "Add capacity: ec2, fargate or fargate_spot.");

    public static Diagnostic Certificate(SourceSpan span, string why) => CertificateKind.At(span, why);

    public static Diagnostic EmptyRange(SourceSpan span, int min, int max) => SizesKind.At(span, $"'max' ({max}) is below 'min' ({min}).");

    public static Diagnostic Role(SourceSpan span, string role, string account) =>
        RoleKind.At(span, $"The role is of account {role}, and the district's account is {account}.");

    public static Diagnostic NoSubnets(SourceSpan span) => SubnetsKind.At(span, "An existing network needs private_subnets or public_subnets.");
}
