using System.Runtime.InteropServices;

namespace Barcelona.GitOps.Sandbox.Run;

/// <summary>Ctrl-C and SIGTERM as a token, so that everything that was started is stopped in order.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Interrupt()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            _registrations.Add(PosixSignalRegistration.Create(signal, Stop));
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Without this the runtime would end the process at once and leave the service behind.
        context.Cancel = true;
        _source.Cancel();
    }
}
