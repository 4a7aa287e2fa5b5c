using PeerSupport.Domain;

namespace PeerSupport.Services.People;

/// <summary>Every expected "no" about signing in and about what one signs in with.</summary>
public static class SignInRefusals
{
    /// <summary>One sentence for an unknown address, a wrong password or code, a locked and a disabled account: nobody learns who works here.</summary>
    public static readonly Refusal NotMatched = new("not-matched", "That did not match. Check email, password and code.", "No coincide. Revise el correo, la contraseña y el código.");

    /// <summary>The passkey was not accepted, or the page was open too long.</summary>
    public static readonly Refusal PasskeyNotMatched = new("passkey-not-matched", "That passkey did not work. Try again, or use your password.", "Esa llave de acceso no funcionó. Inténtelo de nuevo o use su contraseña.");

    /// <summary>Before a factor is changed the person signs in again, in the same form.</summary>
    public static readonly Refusal FactorNotMatched = new("factor-not-matched", "That did not match. Nothing was changed. Check password and code.", "No coincide. No se cambió nada. Revise la contraseña y el código.");

    public static readonly Refusal PasskeyNotAdded = new("passkey-not-added", "The passkey could not be added. Nothing was changed. Start again.", "No se pudo añadir la llave de acceso. No se cambió nada. Empiece de nuevo.");
    public static readonly Refusal PasskeyName = new("passkey-name", "Give the passkey a name of at most 60 characters, such as “my phone”.", "Dé a la llave de acceso un nombre de 60 caracteres como máximo, como «mi teléfono».");
    public static readonly Refusal NoSuchPasskey = new("no-such-passkey", "That passkey is not on your account any more.", "Esa llave de acceso ya no está en su cuenta.");
    public static readonly Refusal TooManyPasskeys = new("too-many-passkeys", "You have as many passkeys as an account may have. Remove one first.", "Ya tiene todas las llaves de acceso que admite una cuenta. Primero quite una.");
    public static readonly Refusal WrongNewCode = new("wrong-new-code", "That code did not match. Wait for the next one in your app and enter it.", "Ese código no coincide. Espere el siguiente en su aplicación y escríbalo.");
    public static readonly Refusal EnrolmentOver = new("enrolment-over", "This was open too long. Start again.", "Esto estuvo abierto demasiado tiempo. Empiece de nuevo.");
}
