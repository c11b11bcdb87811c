using System.Net;
using System.Net.Http.Headers;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Registries;

/// <summary>
/// Finds out what a tag stands for just now. Reads only, and by HEAD where that is enough: Docker Hub does not count it as a pull.
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
/// </summary>
public sealed class RegistryClient(RegistryAddresses addresses, RegistryWire wire, RegistryTokens tokens)
{
    /// <param name="login">Null: as anybody.</param>
    public async Task<ImageReading> LookAsync(ImageName image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        var address = addresses.Of(image.Registry);
        var url = new Uri(address.Url, $"v2/{image.Repository}/manifests/{image.Tag}");
        try
        {
            return await LookAsync(new(url, image.Repository, address.IsInsecure, login), cancellationToken);
        }
        catch (RegistryUnavailableException away)
        {
            return new ImageReading.Unavailable($"{image.Registry} {away.Message}", away.RetryAfter);
        }
    }

    private async Task<ImageReading> LookAsync(Question question, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? authorization = null;
        var head = await wire.SendAsync(HttpMethod.Head, question.Url, (null, question.IsInsecure), cancellationToken);
        try
        {
            // The challenge of a host that we were sent on to is not answered: the credentials are not its.
            if (head.StatusCode == HttpStatusCode.Unauthorized && head.RequestMessage?.RequestUri?.Authority == question.Url.Authority)
            {
                (authorization, var refusal) = await tokens.AnswerAsync(
                    Challenge.Of(head.Headers, question.Login is not null),
                    question.Login,
                    (question.Repository, question.IsInsecure), cancellationToken);
                if (authorization is null)
                {
                    return new ImageReading.Denied(refusal);
                }

                head.Dispose();
                head = await wire.SendAsync(HttpMethod.Head, question.Url, (authorization, question.IsInsecure), cancellationToken);
            }

            return head.IsSuccessStatusCode && head.Headers.TryGetValues("Docker-Content-Digest", out var said) && Manifests.IsDigest(said.First())
                ? new ImageReading.Found(said.First())
                : head.IsSuccessStatusCode || head.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented
                ? await ReadAsync(question, authorization, cancellationToken)
                : Refused(head);
        }
        finally
        {
            head.Dispose();
        }
    }

    /// <summary>A registry that does not say the digest shows the manifest, whose digest it is.</summary>
    private async Task<ImageReading> ReadAsync(Question question, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var response = await wire.SendAsync(HttpMethod.Get, question.Url, (authorization, question.IsInsecure), cancellationToken);
        return !response.IsSuccessStatusCode ? Refused(response)
            : await RegistryWire.ReadAsync(response, Manifests.MaxBytes, cancellationToken) is { } body && Manifests.DigestOf(body) is { } digest
            ? new ImageReading.Found(digest)
            : throw new RegistryUnavailableException("answers with something that is no manifest", null);
    }

    private ImageReading Refused(HttpResponseMessage response)
    {
        var answer = RegistryWire.Text(response.StatusCode);
        return wire.TroubleOf(response) is { } trouble ? throw trouble
            : response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? new ImageReading.Denied(answer)
            : new ImageReading.NotThere(answer);
    }

    private sealed record Question(Uri Url, string Repository, bool IsInsecure, RegistryLogin? Login);
}
