using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Barcelona.GitOps.Tests.Storage;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Barcelona.GitOps.Tests.Storage;

/// <summary>
/// A PostgreSQL server of this test run's own: made in a temporary folder, on a free port of the loopback, started when the first test
/// asks for it and stopped by its process id. Its durability settings are the defaults: nothing is tested on a server that would lose data.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly Lazy<Task<Running>> _running = new(StartAsync);

    /// <summary>Why there is no PostgreSQL here, or null.</summary>
    public static string? Missing => Binary("initdb") is null || Binary("postgres") is null
        ? "PostgreSQL is not installed: neither on PATH nor in /usr/lib/postgresql/*/bin (apt-get install postgresql)."
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL refuses to run as root, and there is no user 'postgres' to run it as."
            : null;

    /// <summary>A new, empty database. Skips the test when PostgreSQL is not installed.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var server = await _running.Value.WaitAsync(cancellationToken);
        var name = $"test_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync(cancellationToken);
        return server.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated)
            return;

        var server = await _running.Value;
        // Immediate: the data is thrown away, and a test may have left a connection open.
        await RunAsync("kill", ["-QUIT", server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await server.Process.WaitForExitAsync();
        server.Process.Dispose();
        Directory.Delete(server.Folder, recursive: true);
    }

    private static async Task<Running> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("barcelona-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["postgres", folder]);

        await RunAsync(Binary("initdb"), ["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"], asServerUser: true);
        var port = FreePort();
        var process = Start(
            Binary("postgres"),
            ["-D", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "max_connections=200"],
            asServerUser: true);
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();

        while (!await AnswersAsync($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Pooling=false"))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        // Its first line is the server itself, also where it was started through another program.
        var processId = int.Parse((await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        return new(process, processId, port, folder);
    }

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task RunAsync(string? program, string[] arguments, bool asServerUser = false)
    {
        using var process = Start(program, arguments, asServerUser);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {string.Concat(await output)}");
    }

    private static Process Start(string? program, string[] arguments, bool asServerUser)
    {
        ArgumentNullException.ThrowIfNull(program);
        // The server refuses to run as root.
        string[] command = asServerUser && Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static string? Binary(string name)
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))
            : [];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(installed);
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Running(Process Process, int ProcessId, int Port, string Folder)
    {
        public string ConnectionString(string database) =>
            $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=20";
    }
}
