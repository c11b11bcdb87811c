using System.Text;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Reports.Failures;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class CausePlacesTests
{
    private const string File = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
              - name: chat
                memory: 128
                command: bin/chat
                port_mappings:
                  - {lb_port: 80, container_port: 5280}
                  - {lb_port: 5222, container_port: 5222}

        """;

    [Theory]
    [InlineData("target 10.0.0.1:5222 unhealthy: Target.FailedHealthChecks Health checks failed", 12)]
    [InlineData("target i-0123:32768 unhealthy: Target.FailedHealthChecks Health checks failed", 11)]
    [InlineData("Task failed ELB health checks in (target-group arn)", 11)]
    public void The_port_that_AWS_names_is_the_one_and_else_the_first(string evidence, int line)
    {
        var parsed = ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(File));
        Assert.Empty(parsed.Diagnostics);
        var environment = Assert.Single(parsed.Value?.Environments ?? []);

        var placed = CausePlaces.Of(new FailureCause.PortOrHealthCheck("chat", [evidence]) { Answers = false }, environment, "It does not.");

        Assert.Equal(line, placed?.Span.Line);
    }
}
