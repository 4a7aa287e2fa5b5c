using PeerSupport.Domain.People;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Account;

/// <summary>Lines of a security log, in words.</summary>
public static class SecurityWords
{
    /// <summary>"A role was given: peer".</summary>
    public static string Of(SecurityEvent what, Role? role) => role is { } which ? $"{Of(what)}: {Of(which)}" : Of(what);

    public static string Of(SecurityEvent what) => what switch
    {
        SecurityEvent.SignedIn => T("Signed in", "Inicio de sesión"),
        SecurityEvent.SignInFailed => T("Somebody tried to sign in and did not get in", "Alguien intentó iniciar sesión y no pudo"),
        SecurityEvent.SignedOut => T("Signed out", "Cierre de sesión"),
        SecurityEvent.SessionEnded => T("Signed out on another device", "Sesión cerrada en otro dispositivo"),
        SecurityEvent.Enrolled => T("Set up how to sign in", "Se configuró cómo iniciar sesión"),
        SecurityEvent.PasskeyAdded => T("A passkey was added", "Se añadió una llave de acceso"),
        SecurityEvent.PasskeyRemoved => T("A passkey was removed", "Se quitó una llave de acceso"),
        SecurityEvent.AuthenticatorOn => T("An authenticator app was turned on", "Se activó una aplicación de autenticación"),
        SecurityEvent.AuthenticatorOff => T("The authenticator app was turned off", "Se desactivó la aplicación de autenticación"),
        SecurityEvent.RecoveryCodesMade => T("New recovery codes were made", "Se crearon códigos de recuperación nuevos"),
        SecurityEvent.RecoveryCodeUsed => T("A recovery code was used", "Se usó un código de recuperación"),
        SecurityEvent.PasswordChanged => T("The password was set", "Se estableció la contraseña"),
        SecurityEvent.RoleAsked => T("A role was asked for", "Se pidió una función"),
        SecurityEvent.RoleGranted => T("A role was given", "Se dio una función"),
        SecurityEvent.RoleRefused => T("A role was refused", "Se negó una función"),
        SecurityEvent.RoleRemoved => T("A role was taken away", "Se quitó una función"),
        SecurityEvent.Disabled => T("The account was disabled", "Se desactivó la cuenta"),
        SecurityEvent.Enabled => T("The account was enabled", "Se activó la cuenta"),
        SecurityEvent.Invited => T("An invitation was sent", "Se envió una invitación"),
        SecurityEvent.EmailChanged => T("The mail address was changed", "Se cambió la dirección de correo"),
        SecurityEvent.PhoneChanged => T("The phone number was changed", "Se cambió el número de teléfono"),
        SecurityEvent.MovedToAgency => T("Moved to another agency", "Se trasladó a otra agencia"),
        SecurityEvent.CodeFailed => T("Somebody entered the right password, but not the right code", "Alguien escribió la contraseña correcta, pero no el código correcto"),
        SecurityEvent.TrainingWithdrawn => T("A training was taken back", "Se retiró una formación"),
        SecurityEvent.LinkedToProvider => T("Linked to single sign-on", "Se vinculó al inicio de sesión único"),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    public static string Of(Role role) => role switch
    {
        Role.Psychologist => T("psychologist", "psicóloga o psicólogo"),
        Role.Peer => T("peer", "compañero de apoyo"),
        Role.Clinician => T("clinician", "profesional clínico"),
        Role.Coordinator => T("wellness coordinator", "coordinación de bienestar"),
        Role.Administrator => T("administrator", "administración"),
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
