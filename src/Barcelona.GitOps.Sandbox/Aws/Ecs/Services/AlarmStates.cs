using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Services;

/// <summary>CloudWatch alarms, as far as deployments go by them: they exist, and somebody says in what state they are.</summary>
internal sealed class AlarmStates
{
    private readonly Dictionary<string, string> _states = [];

    public bool IsInAlarm(string name) => _states.GetValueOrDefault(name) == "ALARM";

    /// <param name="state">OK, ALARM or INSUFFICIENT_DATA.</param>
    public void Set(AwsRegion region, string name, string state)
    {
        _states[name] = state;
        if (state != "ALARM") return;
        foreach (var service in region.Ecs.Clusters.Values.SelectMany(cluster => cluster.Services.Values).ToList())
        {
            if (service.Primary is { InProgress: true } running && running.Watched.Contains(name))
                new ServiceRollback(region, service).EndByAlarm(running, name, service.Alarms?.Flag("rollback") == true);
            new ServiceScheduler(region, service).Look();
        }
    }

    /// <summary>How AWS words it is not written down anywhere; that it refuses is all that is relied on.</summary>
    public void CheckKnown(JsonObject request)
    {
        var alarms = request.Object("deploymentConfiguration")?.Object("alarms");
        if (alarms?.Flag("enable") == true && alarms.Texts("alarmNames").FirstOrDefault(name => !_states.ContainsKey(name)) is { } missing)
            throw new AwsErrorException("InvalidParameterException", $"The following alarms do not exist: [{missing}]");
    }
}
