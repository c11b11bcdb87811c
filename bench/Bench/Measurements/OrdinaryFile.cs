using System.Text;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>barcelona.yml as applications have it.</summary>
internal static class OrdinaryFile
{
    /// <summary>About as long as those of applications in use: anchors, merge keys, helper keys, two environments of three services.</summary>
    public static byte[] TwoEnvironments { get; } = Encoding.UTF8.GetBytes("x-helpers:\n" + """
          web_base: &web_base
            service_type: web
            cpu: 256
            memory: 512
            command: bundle exec puma -C config/puma.rb
            stop_timeout: 60s

        """ + Environment("staging", "branch: main") + Environment("production", "tag: \"v*\"").Replace("environments:\n", "", StringComparison.Ordinal));

    /// <summary>Twenty services of one environment, every fourth of them on the endpoint.</summary>
    public static string TwentyServices { get; } = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            environment:
              - {name: RAILS_ENV, value: production}
              - {name: DATABASE_URL, ssm_path: shop/database_url}
            services:

        """ + string.Concat(Enumerable.Range(1, 20).Select(number => number % 4 == 0
            ? $"      - {{name: web-{number}, service_type: web, cpu: 64, memory: 256, command: bin/web {number}, listeners: [{{endpoint: demo-endpoint, rule_conditions: [{{type: path-pattern, value: \"/{number}/*\"}}]}}]}}\n"
            : $"      - {{name: worker-{number}, cpu: 64, memory: 256, command: bin/work {number}}}\n"));

    private static string Environment(string name, string on) => $$"""
        environments:
          {{name}}:
            name: shop-{{name}}
            district: default
            deploy: {on: [{ {{on}} }]}
            image_name: quay.io/acme/shop
            environment:
              - {name: RAILS_ENV, value: {{name}}}
              - {name: RAILS_LOG_TO_STDOUT, value: "1"}
              - {name: WEB_CONCURRENCY, value: "2"}
              - {name: DATABASE_URL, ssm_path: shop/database_url}
              - {name: REDIS_URL, ssm_path: shop/redis_url}
              - {name: SECRET_KEY_BASE, secret: shop/secret_key_base}
              - {name: SMTP_PASSWORD, secret: "shop/smtp#password"}
            services:
              - name: web
                <<: *web_base
                listeners:
                  - endpoint: demo-endpoint
                    health_check_path: /healthz
                    health_check_interval: 10
                    rule_conditions:
                      - {type: host-header, value: {{name}}.example.com}
              - name: api
                <<: *web_base
                memory: 1024
                listeners:
                  - endpoint: demo-endpoint
                    health_check_path: /healthz
                    rule_conditions:
                      - {type: path-pattern, value: "/api/*"}
              - name: worker
                memory: 512
                command: bundle exec sidekiq

        """;
}
