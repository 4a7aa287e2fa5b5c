using PeerSupport.Domain;
using PeerSupport.Services.People.Administration;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Shared;

/// <summary>A crisis line: printed only with the date on which somebody checked it.</summary>
public sealed class CrisisLine
{
    public string Label { get; init; } = "";
    public string Tel { get; init; } = "";

    /// <summary>What it offers, such as "call or text"; beside it the same in Spanish.</summary>
    public string How { get; init; } = "";
    public string HowSpanish { get; init; } = "";
    public DateOnly? LastVerified { get; init; }

    /// <summary>What it offers, in the reader's language. Words that were never translated are better than none.</summary>
    public string Words => Say.T(How, HowSpanish.Length > 0 ? HowSpanish : How);
}

/// <summary>
/// The lines that stand at the foot of every page: those the administrators keep, as read within the last minute. Until
/// they were read once, and where there are none, those of the configuration: so a page shows them with the database
/// down, too, and never waits for it.
/// </summary>
public sealed class CrisisLines(IConfiguration configuration, PrintedLines printed)
{
    private readonly Shown configured = new(
        [.. (configuration.GetSection("CrisisLines").Get<CrisisLine[]>() ?? []).Where(line => line.LastVerified is not null)],
        new Dictionary<Guid, IReadOnlyList<CrisisLine>>());
    private volatile Shown? read;

    /// <summary>Those for everybody.</summary>
    public IReadOnlyList<CrisisLine> Lines => read is { ForAll.Count: > 0 } kept ? kept.ForAll : configured.ForAll;

    /// <summary>The day on which all of them had been checked.</summary>
    public string Checked => Oldest(Lines);

    /// <summary>Those for everybody, and after them those of one agency.</summary>
    public IReadOnlyList<CrisisLine> Of(Guid? agencyId) =>
        agencyId is { } agency && read?.ByAgency.GetValueOrDefault(agency) is { Count: > 0 } own ? [.. Lines, .. own] : Lines;

    /// <summary>Those for whoever asks: with those of their agency when they are signed in.</summary>
    public IReadOnlyList<CrisisLine> For(HttpContext? http) => Of(http is null ? null : CurrentActor.Of(http)?.AgencyId);

    /// <summary>The day on which all of these had been checked.</summary>
    public static string Oldest(IReadOnlyList<CrisisLine> lines) => lines.Count == 0 ? "" : LocalTime.Day(lines.Min(line => line.LastVerified!.Value));

    /// <summary>Reads them anew. A database that does not answer changes nothing.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lines = await printed.ReadAsync(cancellationToken);
            read = new Shown(
                [.. lines.Where(line => line.AgencyId is null).Select(Of)],
                lines.Where(line => line.AgencyId is not null).GroupBy(line => line.AgencyId!.Value).ToDictionary(agency => agency.Key, IReadOnlyList<CrisisLine> (agency) => [.. agency.Select(Of)]));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What was read last stays: at the foot of a page an old number is better than none.
        }
    }

    private static CrisisLine Of(PrintedLine line) => new() { Label = line.Label, Tel = line.Tel, How = line.English, HowSpanish = line.Spanish, LastVerified = line.LastVerified };

    /// <summary>Replaced as a whole: many pages read it at the same moment.</summary>
    private sealed record Shown(IReadOnlyList<CrisisLine> ForAll, IReadOnlyDictionary<Guid, IReadOnlyList<CrisisLine>> ByAgency);
}

/// <summary>Reads the lines once a minute, beside the pages.</summary>
internal sealed class CrisisLineRefresh(CrisisLines lines, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
            await lines.RefreshAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
