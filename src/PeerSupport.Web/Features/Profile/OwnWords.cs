using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Profile;
using PeerSupport.Web.Shared;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Profile;

/// <summary>The words of one's own page.</summary>
internal static class OwnWords
{
    /// <summary>What was done, by the code in the address; null for none.</summary>
    public static string? Done(string? code) => code switch
    {
        "duty" => T("Your duty is changed.", "Su servicio quedó cambiado."),
        "break" => T("Your break has begun. No case is offered to you. What you hold stays yours. Nobody is told why.", "Su descanso ha empezado. No se le ofrece ningún caso. Lo que tiene sigue siendo suyo. A nadie se le dice el motivo."),
        "back" => T("Welcome back. Cases are offered to you again.", "Qué bueno que volvió. Otra vez se le ofrecen casos."),
        "quiet" => T("Your quiet hours are saved.", "Sus horas de silencio quedaron guardadas."),
        "brings" => T("What you bring is saved.", "Lo que usted aporta quedó guardado."),
        "limit" => T("Your limit is saved.", "Su límite quedó guardado."),
        "push" => T("This browser is added. Send a test to see that it works.", "Este navegador quedó añadido. Envíe una prueba para ver que funciona."),
        "phone" => T("The number is added.", "El número quedó añadido."),
        "removed" => T("The channel is removed.", "El canal quedó quitado."),
        "tested" => T("The test is on its way. If it arrives, press “It arrived” beside that channel. A browser shows its usual words for a test, too.", "La prueba va en camino. Si llega, pulse «Llegó» junto a ese canal. Un navegador muestra sus palabras de siempre también en una prueba."),
        "confirmed" => T("Good: that channel works.", "Bien: ese canal funciona."),
        _ => null,
    };

    /// <summary>What a peer says of themselves.</summary>
    public static string Own(PeerTag tag) => tag switch
    {
        PeerTag.Veteran => T("I am a veteran", "Soy veterano de las fuerzas armadas"),
        PeerTag.BeenThroughShooting => T("I have been through a shooting", "He pasado por un tiroteo"),
        PeerTag.BeenThroughSeparation => T("I have been through a separation", "He pasado por una separación"),
        _ => "",
    };

    public static string Of(Channel kind) => kind switch
    {
        Channel.Mail => T("Mail", "Correo"),
        Channel.Push => T("Browser", "Navegador"),
        Channel.Gateway => T("Text message", "Mensaje de texto"),
        _ => "",
    };

    /// <summary>The health of a channel, said plainly.</summary>
    public static string Health(OwnChannel channel, TimeZoneInfo zone, DateTimeOffset now)
    {
        string Time(DateTimeOffset time) => LocalTime.Dated(time, zone, now);
        return channel switch
        {
            { State: ChannelState.OtherKey } => T("turned on under an old key of this site: nothing reaches this browser. Turn alerts on again in it", "activado con una clave anterior de este sitio: nada llega a este navegador. Active los avisos otra vez en él"),
            { State: ChannelState.Denied } => T("the push service does not let this site in: nothing reaches this browser. Turn alerts on again in it, or tell your administrator", "el servicio de avisos no deja entrar a este sitio: nada llega a este navegador. Active los avisos otra vez en él o avise a su administrador"),
            { State: ChannelState.Silent, DeferredSince: { } since } => T($"takes nothing since {Time(since)}: nothing reaches you this way", $"no acepta nada desde el {Time(since)}: por aquí no le llega nada"),
            { State: ChannelState.PutOff, DeferredSince: { } since } => T($"puts alerts off since {Time(since)}; we go on trying", $"aplaza los avisos desde el {Time(since)}; lo seguimos intentando"),
            { State: ChannelState.Refused, RefusedAt: { } refused } => T($"refused on {Time(refused)}: nothing reaches this address", $"rechazado el {Time(refused)}: nada llega a esta dirección"),
            { TakenAt: { } taken } => T($"works: last alert taken {Time(taken)}", $"funciona: último aviso entregado el {Time(taken)}"),
            _ => T("not tried yet", "aún sin probar"),
        };
    }

    /// <summary>A language of the pages, in itself.</summary>
    public static string LanguageName(string code) => code == "es" ? "Español" : "English";
}
