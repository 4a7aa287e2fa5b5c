using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;
using PeerSupport.Web.Hosting;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Operations;

/// <summary>One line of the page. <paramref name="Good"/> is null where there is nothing to judge.</summary>
public sealed record OperationsRow(string What, string Value, bool? Good = null);

/// <summary>Lines about one thing.</summary>
public sealed record OperationsGroup(string Id, string Heading, string About, IReadOnlyList<OperationsRow> Rows);

/// <summary>What the page shows; no groups for somebody it is not for.</summary>
public sealed record OperationsState(IReadOnlyList<OperationsGroup>? Groups, bool IsUnavailable = false);

/// <summary>Gathers the state of keys, mail and database in words. Nothing here knows of a case.</summary>
public sealed class OperationsReading(SealingOverview sealing, MailHealth mail, PushOverview push, Readiness readiness, TimeProvider clock)
{
    public async Task<OperationsState> ReadAsync(Func<CancellationToken, Task<Actor?>> whoAsks, CancellationToken cancellationToken)
    {
        try
        {
            if (await whoAsks(cancellationToken) is not { } actor || (await sealing.ReadAsync(actor, cancellationToken)) is not { Succeeded: true } keys
                || (await push.ReadAsync(actor, cancellationToken)) is not { Succeeded: true } browsers)
                return new OperationsState(null);
            ReaderLanguage.Set(actor.Language); // a page that looks again by itself asks from nobody's request
            return new OperationsState(
            [
                Keys(keys.Value, actor.TimeZone),
                Mail(actor.TimeZone),
                Push(browsers.Value, actor.TimeZone),
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
        T("Keys", "Claves"),
        T($"Each day (UTC) a new key; every open case is rewrapped under it, and keys older than {view.KeyDays} days are destroyed. A backup can be restored for {view.KeyDays} days.",
            $"Cada día (UTC) hay una clave nueva; todos los casos abiertos se vuelven a envolver con ella, y las claves de más de {view.KeyDays} días se destruyen. Una copia de seguridad se puede restaurar durante {view.KeyDays} días."),
        [
            new(T("New cases are sealed under the key of", "Los casos nuevos se sellan con la clave del"), view.Newest is { } newest ? LocalTime.Day(newest) : T("There is none", "No hay ninguna"), view.Newest is { } day && day == Today),
            new(T("Everything open is under today's key", "Todo lo abierto está bajo la clave de hoy"), view.IsToday ? T("Yes", "Sí") : T("Not yet", "Todavía no"), view.IsToday),
            new(T("Sealed rows that do not open", "Filas selladas que no se abren"), view.SomeBroken switch { null => T("Not looked yet", "Todavía no se ha mirado"), true => T("Some: see “Keys and backups” in the operations guide", "Algunas: vea «Keys and backups» en la guía de funcionamiento"), false => T("None", "Ninguna") }, view.SomeBroken is { } broken ? !broken : null),
            new(T("Last rotation began", "La última rotación empezó"), When(view.LastStarted, zone, T("Not since the database was made", "No desde que se creó la base de datos"))),
            new(T("Last rotation finished", "La última rotación terminó"), When(view.LastFinished, zone, T("Not yet", "Todavía no")), view.LastFinished is { } finished && clock.GetUtcNow() - finished < TimeSpan.FromHours(25)),
            new(T("Keys still kept", "Claves que se guardan"), view.Kept.Count == 0 ? T("There is none", "No hay ninguna") : string.Join(", ", view.Kept.Select(LocalTime.Day))),
            new(T("A case closed today can be read in no backup after", "Un caso cerrado hoy no se puede leer en ninguna copia después de"), T($"{view.DaysUntilUnreadable} days", $"{view.DaysUntilUnreadable} días")),
        ]);

    private OperationsGroup Mail(TimeZoneInfo zone)
    {
        var (taken, trouble) = mail.Read();
        return new(
            "mail",
            T("Mail", "Correo"),
            T("As this server has seen it since it was started.", "Como lo ha visto este servidor desde que arrancó."),
            [
                new(T("Last answer of the mail server", "Última respuesta del servidor de correo"), When(taken, zone, T("Nothing sent yet", "Todavía no se envió nada"))),
                new(T("Last trouble", "Último problema"), When(trouble, zone, T("None", "Ninguno"))),
                (taken, trouble) switch
                {
                    (null, null) => new(T("Mail goes out", "El correo sale"), T("Not tried yet", "Todavía no se ha intentado")),
                    ({ } last, _) when trouble is null || last > trouble => new(T("Mail goes out", "El correo sale"), T("Yes", "Sí"), true),
                    _ => new(T("Mail goes out", "El correo sale"), T("It is tried again and again until it does", "Se intenta una y otra vez hasta que salga"), false),
                },
            ]);
    }

    private OperationsGroup Push(PushView view, TimeZoneInfo zone) => new(
        "push",
        T("Alerts in browsers", "Avisos en navegadores"),
        T("Push services know this installation by the file push.key in the key directory.", "Los servicios de avisos conocen esta instalación por el archivo push.key del directorio de claves."),
        [
            new(T("A push service last took one", "Un servicio de avisos aceptó el último"), When(view.LastTaken, zone, T("None so far", "Ninguno hasta ahora"))),
            (view.Denied, view.LastTaken) switch
            {
                (> 0 and var browsers, _) => new(
                    T("Push services let this server in", "Los servicios de avisos dejan entrar a este servidor"),
                    T($"No, for {browsers} of the browsers, the last time {When(view.DeniedAt, zone, "")}: push.key was lost or changed. Put the old file back, or let its owners turn alerts on again: see “Alert channels” in the operations guide",
                        $"No, para {browsers} de los navegadores, la última vez {When(view.DeniedAt, zone, "")}: push.key se perdió o cambió. Restaure el archivo anterior o haga que sus dueños activen los avisos otra vez: vea «Alert channels» en la guía de funcionamiento"),
                    false),
                (_, null) => new(T("Push services let this server in", "Los servicios de avisos dejan entrar a este servidor"), T("Not tried yet", "Todavía no se ha intentado")),
                _ => new(T("Push services let this server in", "Los servicios de avisos dejan entrar a este servidor"), T("Yes", "Sí"), true),
            },
            new(
                T("Browsers turned on under another push.key", "Navegadores activados con otro push.key"),
                view.OtherKey == 0 ? T("None", "Ninguno") : T($"{view.OtherKey}: nothing reaches them until their owners turn alerts on again, as their own page tells them, or the old file is back", $"{view.OtherKey}: no les llega nada hasta que sus dueños activen los avisos otra vez, como les dice su propia página, o vuelva el archivo anterior"),
                view.OtherKey == 0),
        ]);

    private static OperationsGroup Database(bool ready) => new(
        "database",
        T("Database", "Base de datos"),
        T("The app has a login for each kind of work, with only the rights it needs.", "La aplicación tiene una cuenta para cada clase de trabajo, solo con los derechos que necesita."),
        [new(T("All logins answer, are safe, and find the schema", "Todas las cuentas responden, son seguras y encuentran el esquema"), ready ? T("Yes", "Sí") : T("No", "No"), ready)]);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private string When(DateTimeOffset? time, TimeZoneInfo zone, string never) => time is { } then ? LocalTime.Brief(then, zone, clock.GetUtcNow()) : never;
}
