using Barcelona.GitOps.Commands;

return await BarcelonaCommand.Create().Parse(args).InvokeAsync();
