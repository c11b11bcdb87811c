namespace Barcelona.GitOps.Aws;

/// <summary>The connection broke before an answer came: what was asked may have been done.</summary>
public sealed class LostAnswerException(string cause) : Exception($"The connection broke before AWS had answered: {cause}");

/// <summary>
/// For writes without a client token. The SDK tries a broken connection again up to ten times, whatever its configuration says about retries
/// (measured with AWSSDK.Core 4.1.0); an exception of our own, without the broken one inside, is one that it leaves alone.
/// </summary>
internal sealed class OneTry : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new LostAnswerException(broken.Message);
        }
    }
}
