using Npgsql;
using PeerSupport.DevHost;
using PeerSupport.DevKit;

using var stop = new StopSignal();
try
{
    var options = DevHostOptions.Read(args);
    await (options.Command switch
    {
        DevHostCommand.Help => Console.Out.WriteLineAsync(DevHostOptions.Help),
        DevHostCommand.Seed => SeedCommand.RunAsync(Console.WriteLine, stop.Token),
        DevHostCommand.Serve => ServeCommand.RunAsync(options, Console.WriteLine, stop.Token),
        _ => throw new DevKitException(DevHostOptions.Help),
    });
    return 0;
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    return 0; // stopped while it was still starting
}
catch (Exception e) when (e is DevKitException or NpgsqlException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
