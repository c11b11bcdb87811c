using System.Globalization;
using Barcelona.GitOps.Bench.Intake;

// host                                             webhook endpoint and storage alone, settings from the environment
// load URL SECONDS CONNECTIONS SECRET              signed pushes as fast as they are answered; prints: req/s p50 p99 max errors
switch (args)
{
    case ["host"]:
        await IntakeOnly.RunAsync();
        return 0;
    case ["load", var url, var seconds, var connections, var secret]:
        var load = new Load(new(url), int.Parse(connections, CultureInfo.InvariantCulture), PushTemplate.Create(secret));
        Console.WriteLine(await load.RunAsync(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
        return 0;
    default:
        Console.Error.WriteLine("usage: Intake host | Intake load URL SECONDS CONNECTIONS SECRET");
        return 2;
}
