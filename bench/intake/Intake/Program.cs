using System.Globalization;
using Barcelona.GitOps.Bench.Intake;

// Signed pushes as fast as they are answered. Prints requests per second, p50, p99 and the slowest in ms, and how many were not answered with 2xx.
if (args is not [var url, var seconds, var connections, var secret])
{
    Console.Error.WriteLine("usage: Intake URL SECONDS CONNECTIONS SECRET");
    return 2;
}

var load = new Load(new(url), int.Parse(connections, CultureInfo.InvariantCulture), PushTemplate.Create(secret));
Console.WriteLine(await load.RunAsync(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
return 0;
