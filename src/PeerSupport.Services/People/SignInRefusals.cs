using PeerSupport.Domain;

namespace PeerSupport.Services.People;

/// <summary>Every expected "no" about signing in and about what one signs in with.</summary>
public static class SignInRefusals
{
    /// <summary>One sentence for an unknown address, a wrong password or code, a locked and a disabled account: nobody learns who works here.</summary>
    public static readonly Refusal NotMatched = new("not-matched", "That did not match. Check email, password and code.");

    /// <summary>The passkey was not accepted, or the page was open too long.</summary>
    public static readonly Refusal PasskeyNotMatched = new("passkey-not-matched", "That passkey did not work. Try again, or use your password.");

    /// <summary>Before a factor is changed the person signs in again, in the same form.</summary>
    public static readonly Refusal FactorNotMatched = new("factor-not-matched", "That did not match. Nothing was changed. Check password and code.");

    public static readonly Refusal PasskeyNotAdded = new("passkey-not-added", "The passkey could not be added. Nothing was changed. Start again.");
    public static readonly Refusal PasskeyName = new("passkey-name", "Give the passkey a name of at most 60 characters, such as “my phone”.");
    public static readonly Refusal NoSuchPasskey = new("no-such-passkey", "That passkey is not on your account any more.");
    public static readonly Refusal TooManyPasskeys = new("too-many-passkeys", "You have as many passkeys as an account may have. Remove one first.");
    public static readonly Refusal WrongNewCode = new("wrong-new-code", "That code did not match. Wait for the next one in your app and enter it.");
    public static readonly Refusal EnrolmentOver = new("enrolment-over", "This was open too long. Start again.");
}
