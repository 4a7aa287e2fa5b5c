using PeerSupport.DevKit;

namespace PeerSupport.DevHost;

/// <summary>Runs everything until it is told to stop, and leaves nothing running.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan TimeForOurOwnSignal = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(DevHostOptions options, Action<string> say, CancellationToken stop)
    {
        using var place = Place.Take(options.Folder);
        await place.StopOrphanAsync(say, stop);
        CheckPorts(options);

        var named = DatabaseServer.Explicit();
        if (options.Fresh)
        {
            say("Beginning afresh: earlier data, keys and mail are deleted.");
            await place.ClearAsync(named, stop);
        }

        await using var server = named ?? await DatabaseServer.StartPrivateAsync(place, say, stop);
        var databases = await server.PrepareAsync(say, stop);
        var keys = LocalFolder.MakePrivate(place.KeysOf(named));
        await Demonstration.SeedAsync(databases, keys, say, stop);

        await using var sink = SmtpSink.Start(new SmtpSinkOptions(Folder: LocalFolder.MakePrivate(place.Mail)));
        await using var inbox = await MailInbox.StartAsync(place.Mail, options.InboxPort, stop);
        say($"Mail folder: {place.Mail}");
        say($"Mail inbox: {inbox.Url.GetLeftPart(UriPartial.Authority)}");

        var settings = new AppSettings
        {
            Databases = databases,
            Port = options.Port,
            KeyDirectory = keys,
            MailPort = sink.Port,
            Demonstration = true,
        };
        say($"Starting the app; what it writes is in {place.AppLog}.");
        await using var app = await AppProcess.StartAsync(settings, place.AppLog, stop, started: place.Remember);
        say($"Ready: {settings.PublicOrigin.GetLeftPart(UriPartial.Authority)}");

        await UntilStoppedAsync(app, stop);
        say("Stopping.");
    }

    private static void CheckPorts(DevHostOptions options)
    {
        foreach (var port in new[] { options.Port, options.InboxPort })
            if (!LoopbackPort.IsFree(port))
                throw new DevKitException($"Port {port} is taken by another program. Stop that, or choose another with --port.");
    }

    private static async Task UntilStoppedAsync(AppProcess app, CancellationToken stop)
    {
        var stopped = Task.Delay(Timeout.Infinite, stop);
        await Task.WhenAny(stopped, app.Exited);
        // Ctrl-C reaches the app as well as us, and it may be the quicker one.
        if (app.Exited.IsCompleted && await Task.WhenAny(stopped, Task.Delay(TimeForOurOwnSignal, CancellationToken.None)) != stopped)
            throw new DevKitException($"The app ended with code {await app.Exited}. Its last lines:\n{app.LastLines}");
    }
}
