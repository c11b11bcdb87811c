namespace Barcelona.GitOps.Tests.Scenarios;

/// <summary>Files that the scenarios push.</summary>
internal static class Manifests
{
    /// <summary>A web service on the endpoint and a worker, deployed by the default branch.</summary>
    public const string Shop = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
              - name: web
                service_type: web
                cpu: 32
                memory: 128
                command: bundle exec ruby main.rb
                listeners:
                  - endpoint: demo-endpoint
                    health_check_path: /
              - name: worker
                memory: 256
                command: bundle exec sidekiq

        """;

    /// <summary>The same for an image that is always called the same, so that a commit can change nothing.</summary>
    public static string FixedImage { get; } = WithFixedImage(Shop);

    /// <summary>A worker alone, which nothing looks at but ECS.</summary>
    public static string Worker { get; } =
        Shop[..Shop.IndexOf("      - name: web", StringComparison.Ordinal)] + "      - {name: worker, memory: 256, command: bin/work}\n";

    /// <summary>The same with a migration.</summary>
    public static string Migrating { get; } = Shop.Replace(
        "image_name: acme/shop\n", "image_name: acme/shop\n    before_deploy: rake db:migrate\n", StringComparison.Ordinal);

    /// <summary>Staging by main, production by version tags.</summary>
    public const string Tagged = """
        environments:
          staging:
            name: shop-staging
            district: default
            deploy: {on: [{branch: main}]}
            image_name: acme/shop
            services: &services
              - {name: worker, memory: 256, command: bundle exec sidekiq}
          production:
            name: shop
            district: default
            deploy: {on: [{tag: "v*"}]}
            image_name: acme/shop
            services: *services

        """;

    public static string WithFixedImage(string manifest) => manifest.Replace(
        "image_name: acme/shop\n", "image_name: acme/shop\n    image_tag: stable\n", StringComparison.Ordinal);

    /// <summary>The same, deployed once the status ci/build has succeeded.</summary>
    public static string Waiting(string manifest) => manifest.Replace(
        "district: default\n", "district: default\n    deploy: {wait_for: [ci/build]}\n", StringComparison.Ordinal);
}
