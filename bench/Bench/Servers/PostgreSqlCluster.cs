using System.Diagnostics;
using System.Globalization;
using Barcelona.GitOps.Sandbox.Run;
using Npgsql;

namespace Barcelona.GitOps.Bench.Servers;

/// <summary>
/// A PostgreSQL server of this run's own, as it comes: fsync and synchronous_commit are on. In a temporary folder, on a free port of loopback.
/// </summary>
internal sealed class PostgreSqlCluster : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;
    private int? _serverId;

    private PostgreSqlCluster(Process process, string folder, int port) => (_process, _folder, _port) = (process, folder, port);

    /// <summary>Why there can be none here, or null.</summary>
    public static string? Missing => Binary("initdb") is null || Binary("postgres") is null
        ? "PostgreSQL is not installed, neither on PATH nor in /usr/lib/postgresql/*/bin"
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL refuses to run as root, and there is no user 'postgres' to run it as"
            : null;

    public static async Task<PostgreSqlCluster> StartAsync(TimeProvider clock, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("barcelona-bench-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
            await ChildProcess.RunAsync("chown", ["postgres", folder], stop: stop);
        var data = Path.Combine(folder, "data");
        var (program, arguments) = AsServerUser("initdb", ["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        await ChildProcess.RunAsync(program, arguments, stop: stop);
        var port = ServiceProcess.FreePort();
        (program, arguments) = AsServerUser("postgres", ["-D", data, "-h", "127.0.0.1", "-p", $"{port}", "-k", folder]);
        var process = ChildProcess.Start(program, arguments);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var cluster = new PostgreSqlCluster(process, folder, port);
        while (!await cluster.AnswersAsync(stop))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stop);
        }

        // Its first line is the server itself, also where it was started through another program.
        cluster._serverId = int.Parse((await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid"), stop))[0], CultureInfo.InvariantCulture);
        return cluster;
    }

    /// <returns>The connection string of a new, empty database.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken stop)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync(stop);
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        // Immediate: the data is thrown away.
        await ChildProcess.StopAsync(_process, _serverId ?? _process.Id, "-QUIT");
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    private async Task<bool> AnswersAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync(stop);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static (string Program, string[] Arguments) AsServerUser(string program, string[] arguments)
    {
        var path = Binary(program) ?? throw new InvalidOperationException($"There is no {program}.");
        return Environment.IsPrivilegedProcess ? ("runuser", ["-u", "postgres", "--", path, .. arguments]) : (path, arguments);
    }

    private static string? Binary(string name)
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))
            : [];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(installed);
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
    }
}
