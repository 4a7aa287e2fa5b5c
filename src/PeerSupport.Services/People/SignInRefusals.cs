using PeerSupport.Domain;

namespace PeerSupport.Services.People;

/// <summary>Every expected "no" about signing in and about what one signs in with.</summary>
public static class SignInRefusals
{
    /// <summary>One sentence for an unknown address, a wrong password or code, a locked and a disabled account: nobody learns who works here.</summary>
    public static readonly Refusal NotMatched = new("not-matched", "That did not match. Check email, password and code.", "No coincide. Revise el correo, la contraseña y el código.");

    /// <summary>The passkey was not accepted, or the page was open too long.</summary>
    public static readonly Refusal PasskeyNotMatched = new("passkey-not-matched", "That passkey did not work. Try again, or use your password.", "Esa llave de acceso no funcionó. Inténtelo de nuevo o use su contraseña.");

    /// <summary>What was shown was right a moment ago, and then a way in, a role or the account itself was changed. Nothing was done.</summary>
    public static readonly Refusal Again = new("sign-in-again", "Something about this account was changed in the meantime. Sign in again.", "Algo de esta cuenta cambió mientras tanto. Inicie sesión de nuevo.");

    /// <summary>Before a factor is changed the person signs in again, in the same form: with a passkey, a password, or a password and a code. True of all three.</summary>
    public static readonly Refusal FactorNotMatched = new("factor-not-matched", "That did not match. Nothing was changed. Try again.", "No coincide. No se cambió nada. Inténtelo de nuevo.");

    public static readonly Refusal PasskeyNotAdded = new("passkey-not-added", "The passkey could not be added. Nothing was changed. Start again.", "No se pudo añadir la llave de acceso. No se cambió nada. Empiece de nuevo.");
    public static readonly Refusal PasskeyName = new("passkey-name", "Give the passkey a name of at most 60 characters, such as “my phone”.", "Dé a la llave de acceso un nombre de 60 caracteres como máximo, como «mi teléfono».");
    public static readonly Refusal NoSuchPasskey = new("no-such-passkey", "That passkey is not on your account any more.", "Esa llave de acceso ya no está en su cuenta.");
    public static readonly Refusal TooManyPasskeys = new("too-many-passkeys", "You have as many passkeys as an account may have. Remove one first.", "Ya tiene todas las llaves de acceso que admite una cuenta. Primero quite una.");
    public static readonly Refusal WrongNewCode = new("wrong-new-code", "That code did not match. Wait for the next one in your app and enter it.", "Ese código no coincide. Espere el siguiente en su aplicación y escríbalo.");
    public static readonly Refusal AppNeedsPassword = new("app-needs-password", "An app adds nothing where there is no password. Add a passkey instead.", "Una aplicación no añade nada donde no hay contraseña. Añada en su lugar una llave de acceso.");
    public static readonly Refusal EnrolmentOver = new("enrolment-over", "This was open too long. Start again.", "Esto estuvo abierto demasiado tiempo. Empiece de nuevo.");

    /// <summary>Said whoever was asked for, and before anything was looked at.</summary>
    public static readonly Refusal TooManyTries = new("too-many-tries", "There were too many wrong tries from your network. Wait a few minutes, or use a passkey.", "Hubo demasiados intentos fallidos desde su red. Espere unos minutos o use una llave de acceso.");

    public static readonly Refusal LastFactor = new("last-factor", "This is your last safe way in. Add another one first.", "Esta es su última forma segura de entrar. Primero añada otra.");

    /// <summary>One sentence for a wrong, spent, expired and replaced invitation.</summary>
    public static readonly Refusal InvitationOver = new("invitation-over", "This link does not work, or not any more. Ask whoever invited you for a new one.", "Este enlace no funciona o ya no funciona. Pida uno nuevo a quien le invitó.");

    public static readonly Refusal PasswordTooShort = new("password-too-short", "Choose a password of at least 12 characters. A short sentence is easy to remember.", "Elija una contraseña de al menos 12 caracteres. Una frase corta es fácil de recordar.");

    public static readonly Refusal SamePassword = new("same-password", "That is the password you have now. Choose another one.", "Esa es la contraseña que ya tiene. Elija otra.");
    public static readonly Refusal NoPassword = new("no-password", "You have no password here. Nothing was changed.", "Aquí no tiene contraseña. No se cambió nada.");

    /// <summary>One sentence for an unknown, unverified, disabled and otherwise linked account: nobody learns who works here.</summary>
    public static readonly Refusal ProviderNotMatched = new("provider-not-matched", "That sign-in opens no account here. Ask your administrator, or sign in another way.", "Ese inicio de sesión no abre ninguna cuenta aquí. Pregunte a su administrador o inicie sesión de otra forma.");

    public static readonly Refusal NoSuchSession = new("no-such-session", "That sign-in is over already.", "Esa sesión ya terminó.");
}
