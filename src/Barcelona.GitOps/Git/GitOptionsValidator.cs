using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Git;

[OptionsValidator]
internal sealed partial class GitOptionsValidator : IValidateOptions<GitOptions>;
