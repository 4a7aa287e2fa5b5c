using PeerSupport.Benchmarks;

return args switch
{
    ["accept-race", .. var rest] => await AcceptRace.RunAsync(rest is [var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 20),
    ["baseline", var port, var board, var accounts] => await Baseline.ServeAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), board, accounts),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("dotnet run -c Release --project bench/PeerSupport.Benchmarks -- accept-race [rounds]");
    return 2;
}
