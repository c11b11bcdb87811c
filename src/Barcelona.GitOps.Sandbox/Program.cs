using Barcelona.GitOps.Sandbox.Run;

if (args is not ["run", .. var rest] || RunOptions.Parse(rest) is not { } options)
{
    await Console.Error.WriteLineAsync(RunOptions.Usage);
    return 64;
}
using var interrupt = new Interrupt();
var terminal = new Terminal(Console.Out, isColored: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null);
return await new RunCommand(options, terminal, TimeProvider.System).RunAsync(interrupt.Token);
