using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Operations;

/// <summary>One line of the page. <paramref name="Good"/> is null where there is nothing to judge.</summary>
public sealed record OperationsRow(string What, string Value, bool? Good = null);

/// <summary>Lines about one thing.</summary>
public sealed record OperationsGroup(string Id, string Heading, string About, IReadOnlyList<OperationsRow> Rows);

/// <summary>What the page shows; no groups for somebody it is not for.</summary>
public sealed record OperationsState(IReadOnlyList<OperationsGroup>? Groups, bool IsUnavailable = false);

/// <summary>Gathers the state of keys, mail and database in words. Nothing here knows of a case.</summary>
public sealed class OperationsReading(SealingOverview sealing, MailHealth mail, Readiness readiness, TimeProvider clock)
{
    public async Task<OperationsState> ReadAsync(Func<CancellationToken, Task<Actor?>> whoAsks, CancellationToken cancellationToken)
    {
        try
        {
            if (await whoAsks(cancellationToken) is not { } actor || (await sealing.ReadAsync(actor, cancellationToken)) is not { Succeeded: true } keys)
                return new OperationsState(null);
            return new OperationsState(
            [
                Keys(keys.Value, actor.TimeZone),
                Mail(actor.TimeZone),
                Database(await readiness.IsReadyAsync(cancellationToken)),
            ]);
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault))
        {
            return new OperationsState(null, IsUnavailable: true);
        }
    }

    private OperationsGroup Keys(SealingView view, TimeZoneInfo zone) => new(
        "keys",
        "Keys",
        $"Each day (UTC) a new key; every open case is rewrapped under it, and keys older than {view.KeyDays} days are destroyed. A backup can be restored for {view.KeyDays} days.",
        [
            new("New cases are sealed under the key of", view.Newest is { } newest ? LocalTime.Day(newest) : "There is none", view.Newest is { } day && day == Today),
            new("Everything open is under today's key", view.IsToday ? "Yes" : "Not yet", view.IsToday),
            new("Sealed rows that do not open", view.SomeBroken switch { null => "Not looked yet", true => "Some: see “Keys and backups” in the operations guide", false => "None" }, view.SomeBroken is { } broken ? !broken : null),
            new("Last rotation began", When(view.LastStarted, zone, "Not since the database was made")),
            new("Last rotation finished", When(view.LastFinished, zone, "Not yet"), view.LastFinished is { } finished && clock.GetUtcNow() - finished < TimeSpan.FromHours(25)),
            new("Oldest key still kept", view.Oldest is { } oldest ? LocalTime.Day(oldest) : "There is none"),
            new("A case closed today can be read in no backup after", $"{view.DaysUntilUnreadable} days"),
        ]);

    private OperationsGroup Mail(TimeZoneInfo zone)
    {
        var (taken, trouble) = mail.Read();
        return new(
            "mail",
            "Mail",
            "As this server has seen it since it was started.",
            [
                new("Last answer of the mail server", When(taken, zone, "Nothing sent yet")),
                new("Last trouble", When(trouble, zone, "None")),
                (taken, trouble) switch
                {
                    (null, null) => new("Mail goes out", "Not tried yet"),
                    ({ } last, _) when trouble is null || last > trouble => new("Mail goes out", "Yes", true),
                    _ => new("Mail goes out", "It is tried again and again until it does", false),
                },
            ]);
    }

    private static OperationsGroup Database(bool ready) => new(
        "database",
        "Database",
        "The app has a login for each kind of work, with only the rights it needs.",
        [new("All logins answer, are safe, and find the schema", ready ? "Yes" : "No", ready)]);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private string When(DateTimeOffset? time, TimeZoneInfo zone, string never) => time is { } then ? LocalTime.Brief(then, zone, clock.GetUtcNow()) : never;
}
