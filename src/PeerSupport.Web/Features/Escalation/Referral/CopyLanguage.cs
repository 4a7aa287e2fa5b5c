using PeerSupport.Domain;

namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>The language of the officer's copy: the reader's, until the officer wants the other one.</summary>
public static class CopyLanguage
{
    /// <summary>Name of the field, and in an address.</summary>
    public const string Field = "copy";

    /// <summary>"en" or "es", as asked; the reader's where nothing was asked.</summary>
    public static string Of(string? asked) => asked is "en" or "es" ? asked : Say.Language;

    /// <summary>The one it is not in.</summary>
    public static string Other(string language) => language == "es" ? "en" : "es";

    /// <summary>What the button for a language says, in that language, for whoever reads no other.</summary>
    public static string Words(string language) => Say.In(language, "The copy in English", "La copia en español");
}
