using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.GitHub;

[OptionsValidator]
internal sealed partial class GitHubOptionsValidator : IValidateOptions<GitHubOptions>;
