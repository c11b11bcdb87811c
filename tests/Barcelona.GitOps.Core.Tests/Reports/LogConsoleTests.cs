using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class LogConsoleTests
{
    [Theory]
    [InlineData("eu-west-1", "eu-west-1.console.aws.amazon.com")]
    [InlineData("cn-north-1", "cn-north-1.console.amazonaws.cn")]
    [InlineData("us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com")]
    public void The_page_of_a_stream_is_in_its_regions_console(string region, string host) =>
        Assert.Equal(
            $"https://{host}/cloudwatch/home?region={region}#logsV2:log-groups/log-group/$252Fbarcelona$252Fdefault$252Fshop/log-events/web$252Fweb$252F0a1b",
            LogConsole.PageOf(region, "/barcelona/default/shop", "web/web/0a1b").ToString());
}
