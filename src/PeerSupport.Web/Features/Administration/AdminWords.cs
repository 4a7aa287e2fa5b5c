using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People.Administration;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Administration;

/// <summary>The words for codes on the administrators' pages.</summary>
public static class AdminWords
{
    public static IReadOnlyList<(string Value, string Words)> Languages => [("en", "English"), ("es", "Español")];

    public static string Of(Role role) => role switch
    {
        Role.Psychologist => T("Psychologist", "Psicóloga o psicólogo"),
        Role.Peer => T("Peer", "Compañero de apoyo"),
        Role.Clinician => T("Clinician", "Profesional clínico"),
        Role.Coordinator => T("Wellness coordinator", "Coordinación de bienestar"),
        Role.Administrator => T("Administrator", "Administración"),
        _ => "",
    };

    /// <summary>What a role lets somebody do, for whoever asks for it or approves it.</summary>
    public static string Does(Role role) => role switch
    {
        Role.Psychologist => T("Posts cases, and may open the names of their own cases.", "Publica casos y puede abrir los nombres de los casos que publicó."),
        Role.Peer => T("Sees notices, takes a case, and then sees that officer’s name.", "Ve avisos, toma un caso y entonces ve el nombre de ese oficial."),
        Role.Clinician => T("Takes hand-offs, and sees the facts the officer agreed to share.", "Recibe derivaciones y ve los datos que el oficial aceptó compartir."),
        Role.Coordinator => T("Reads the published counts. Sees no case.", "Lee los recuentos publicados. No ve ningún caso."),
        Role.Administrator => T("Keeps accounts and settings. Sees no case.", "Lleva las cuentas y los ajustes. No ve ningún caso."),
        _ => "",
    };

    public static string Of(PersonState state) => state switch
    {
        PersonState.Active => T("Can sign in", "Puede iniciar sesión"),
        PersonState.Invited => T("Invited", "Con invitación"),
        PersonState.NotInvited => T("No invitation", "Sin invitación"),
        PersonState.Disabled => T("Disabled", "Desactivada"),
        _ => "",
    };

    public static string Of(Channel channel) => channel switch
    {
        Channel.Board => T("The board", "El tablero"),
        Channel.Mail => T("Mail", "Correo"),
        Channel.Push => T("Browser push", "Aviso del navegador"),
        Channel.Gateway => T("Text message", "Mensaje de texto"),
        _ => "",
    };

    /// <summary>How a channel stands.</summary>
    public static string Of(ChannelLine channel, Func<DateTimeOffset, string> when) => channel switch
    {
        { State: ChannelState.Works } => T("Works", "Funciona"),
        { State: ChannelState.Untried } => T("Not tried yet", "Aún sin probar"),
        { State: ChannelState.PutOff, DeferredSince: { } since } => T($"Puts alerts off since {when(since)}", $"Aplaza los avisos desde el {when(since)}"),
        { State: ChannelState.Silent, DeferredSince: { } since } => T($"Takes nothing since {when(since)}", $"No acepta nada desde el {when(since)}"),
        { State: ChannelState.Refused, RefusedAt: { } at } => T($"Refused on {when(at)}", $"Rechazado el {when(at)}"),
        { State: ChannelState.Denied } => T("The push service does not let this server in: see Operations", "El servicio de avisos no deja entrar a este servidor: vea Funcionamiento"),
        { State: ChannelState.OtherKey } => T("Turned on under an old key: its owner turns it on again", "Activado con una clave anterior: su dueño lo activa otra vez"),
        _ => "",
    };

    /// <summary>Why nothing reaches somebody by mail.</summary>
    public static string Why(DateTimeOffset? refused, DateTimeOffset? silent, Func<DateTimeOffset, string> when) => (refused, silent) switch
    {
        ({ } at, _) => T($"refused {when(at)}", $"rechazado el {when(at)}"),
        (_, { } since) => T($"takes nothing since {when(since)}", $"no acepta nada desde el {when(since)}"),
        _ => "",
    };

    /// <summary>"The role of peer for R. Castellano": what is asked for.</summary>
    public static string Asks(ApprovalKind kind, Role? role, string? email) => kind switch
    {
        ApprovalKind.GrantRole => T($"The role: {Of(role ?? default)}", $"El rol: {Of(role ?? default)}"),
        ApprovalKind.NewSignIn => T("A new way to sign in", "Un acceso nuevo"),
        ApprovalKind.ChangeEmail => T($"Another mail address: {email}", $"Otra dirección de correo: {email}"),
        _ => "",
    };
}
