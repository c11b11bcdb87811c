using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Barcelona.GitOps.Sandbox.Git;

/// <summary>
/// Git's smart HTTP protocol by `git http-backend`, run as a CGI program for each request: what a client sees is git's own server.
/// </summary>
public sealed class GitHttpBackend(string projectRoot)
{
    /// <summary>Hands the request over. <paramref name="pathInfo"/> is the path below the project root, such as `/acme/shop.git/info/refs`.</summary>
    public async Task RunAsync(HttpContext context, string pathInfo, string? remoteUser)
    {
        var stop = context.RequestAborted;
        using var process = Process.Start(Describe(context.Request, pathInfo, remoteUser))
            ?? throw new InvalidOperationException("git http-backend did not start");
        try
        {
            // A pipe that nobody reads blocks its writer, so all three run at once.
            var errors = process.StandardError.ReadToEndAsync(stop);
            var request = SendRequestAsync(context.Request, process.StandardInput.BaseStream, stop);
            await SendResponseAsync(process.StandardOutput.BaseStream, context.Response, stop);
            await request;
            await errors;
            await process.WaitForExitAsync(stop);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo Describe(HttpRequest request, string pathInfo, string? remoteUser)
    {
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = start.Environment;
        GitEnvironment.Isolate(environment);
        environment["GIT_PROJECT_ROOT"] = projectRoot;
        environment["GIT_HTTP_EXPORT_ALL"] = "1";
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        environment["PATH_INFO"] = pathInfo;
        environment["REQUEST_METHOD"] = request.Method;
        environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "";
        environment["CONTENT_TYPE"] = request.ContentType ?? "";
        environment["REMOTE_ADDR"] = "127.0.0.1";
        environment["REMOTE_USER"] = remoteUser ?? "";
        environment["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString();
        environment["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString();
        // Without a length the program reads to the end, which is what a chunked request needs.
        if (request.ContentLength is { } length)
            environment["CONTENT_LENGTH"] = length.ToString(CultureInfo.InvariantCulture);
        else
            environment.Remove("CONTENT_LENGTH");
        return start;
    }

    private static async Task SendRequestAsync(HttpRequest request, Stream input, CancellationToken stop)
    {
        try
        {
            await request.Body.CopyToAsync(input, stop);
        }
        catch (IOException)
        {
            // The program answered without reading all of it, for example to refuse.
        }
        finally
        {
            input.Close();
        }
    }

    private static async Task SendResponseAsync(Stream output, HttpResponse response, CancellationToken stop)
    {
        while (await ReadLineAsync(output, stop) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name.Equals("Status", StringComparison.OrdinalIgnoreCase))
                response.StatusCode = int.Parse(value.AsSpan(0, 3), CultureInfo.InvariantCulture);
            else
                response.Headers[name] = value;
        }
        await output.CopyToAsync(response.Body, stop);
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken stop)
    {
        var line = new StringBuilder();
        var buffer = new byte[1];
        while (await stream.ReadAsync(buffer, stop) == 1 && buffer[0] != (byte)'\n')
            line.Append((char)buffer[0]);
        return line.ToString().TrimEnd('\r');
    }
}
