using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: HostingStartup(typeof(PeerSupport.SteppedClock.SteppedClockStartup))]

namespace PeerSupport.SteppedClock;

/// <summary>Inside the app: its clock is the one in the file, and its timers go off when that one moves.</summary>
internal sealed class SteppedClockStartup : IHostingStartup
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public void Configure(IWebHostBuilder builder)
    {
        var file = Environment.GetEnvironmentVariable(ClockFile.FileVariable)
            ?? throw new InvalidOperationException($"{ClockFile.FileVariable} is not set.");
        var clock = new FakeTimeProvider(ClockFile.Read(file));
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(clock));
        new Thread(() => Follow(file, clock)) { IsBackground = true }.Start();
    }

    private static void Follow(string file, FakeTimeProvider clock)
    {
        while (true)
        {
            if (ClockFile.Read(file) is var now && now > clock.GetUtcNow())
                clock.SetUtcNow(now);
            Thread.Sleep(Look);
        }
    }
}
