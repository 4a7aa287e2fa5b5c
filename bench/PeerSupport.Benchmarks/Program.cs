using PeerSupport.Benchmarks;

return args switch
{
    ["accept-race", .. var rest] => await AcceptRace.RunAsync(rest is [var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 20),
    ["report-speed", .. var rest] => await ReportSpeed.RunAsync(Number(rest, 10_000_000)),
    ["tally-cost", .. var rest] => await TallyCost.RunAsync(Number(rest, 200)),
    ["simulation", .. var rest] => Simulation.Run(Number(rest, 10_000_000)),
    ["live-boards", .. var rest] => await LiveBoards.RunAsync(Number(rest, 1000), rounds: rest is [_, var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 20),
    ["mail-run", .. var rest] => await MailRun.RunAsync(Number(rest, 500)),
    ["baseline", var port, var board, var accounts] => await Baseline.ServeAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), board, accounts),
    _ => Usage(),
};

static int Number(string[] rest, int usual) => rest is [var number, ..] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : usual;

static int Usage()
{
    Console.WriteLine(
        """
        dotnet run -c Release --project bench/PeerSupport.Benchmarks -- accept-race [rounds]
                                                                        report-speed [cases]
                                                                        tally-cost [rounds]
                                                                        simulation [most cases]
                                                                        live-boards [boards [rounds]]
                                                                        mail-run [mails]
        """);
    return 2;
}
