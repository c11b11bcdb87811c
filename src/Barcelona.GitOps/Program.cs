using System.CommandLine;
using Barcelona.GitOps.Commands;

// An argument that begins with @ is itself, and no file of arguments.
return await BarcelonaCommand.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync();
