using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Instances;

/// <summary>
/// What a container instance does when it first starts: joins the cluster, and gets a swap file as large as the original's.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
/// </summary>
internal static class InstanceUserData
{
    private const string Script = """
        #!/bin/bash
        cat >> /etc/ecs/ecs.config <<'CONFIG'
        ECS_CLUSTER=${Cluster}
        ECS_AVAILABLE_LOGGING_DRIVERS=["json-file","syslog","fluentd","awslogs","none"]
        ECS_AWSVPC_BLOCK_IMDS=true
        ECS_CONTAINER_STOP_TIMEOUT=5m
        ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true
        ECS_ENABLE_CONTAINER_METADATA=true
        ECS_ENABLE_TASK_IAM_ROLE=true
        ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true
        ECS_RESERVED_MEMORY=256
        CONFIG
        memory=$(awk '/^MemTotal:/ {print int($2 / 1024)}' /proc/meminfo)
        if [ $memory -lt 2048 ]; then swap=$((memory * 2)); elif [ $memory -lt 8192 ]; then swap=$memory; else swap=8192; fi
        dd if=/dev/zero of=/swapfile bs=1M count=$swap && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile
        echo '/swapfile none swap defaults 0 0' >> /etc/fstab

        """;

    public static JsonObject Of() => new() { ["Fn::Base64"] = Cfn.Sub(Script.ReplaceLineEndings("\n")) };
}
