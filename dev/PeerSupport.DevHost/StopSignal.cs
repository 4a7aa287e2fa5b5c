using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PeerSupport.DevHost;

/// <summary>Ctrl-C, a polite kill or a closed terminal: stop in good order. A second one, later, ends us at once.</summary>
internal sealed class StopSignal : IDisposable
{
    // One request may reach us twice, from the terminal and from whoever started us.
    private static readonly TimeSpan SameRequest = TimeSpan.FromSeconds(2);

    private readonly Stopwatch sinceFirst = new();
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations;

    public StopSignal() =>
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Heard))];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void Heard(PosixSignalContext context)
    {
        context.Cancel = sinceFirst.Elapsed < SameRequest;
        sinceFirst.Start();
        source.Cancel();
    }
}
