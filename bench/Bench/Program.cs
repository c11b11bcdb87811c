using System.Globalization;
using Barcelona.GitOps.Bench;
using Barcelona.GitOps.Bench.Load;
using Barcelona.GitOps.Sandbox.Run;

// A load generator shares no process with what it is compared on: the benchmark starts itself once more with this verb.
if (args is ["load", var url, var seconds, var connections, var secret])
{
    var load = new LoadRun(new(url), int.Parse(connections, CultureInfo.InvariantCulture), PushTemplate.Create(secret));
    Console.WriteLine(await load.RunAsync(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
    return 0;
}

if (BenchOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 64;
}

using var interrupt = new Interrupt();
return await new BenchCommand(options, Console.Out, Console.Error, TimeProvider.System).RunAsync(interrupt.Token);
