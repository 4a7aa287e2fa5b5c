using PeerSupport.Domain.Escalation;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>The codes of a hand-off, as people read them on pages and on paper.</summary>
public static class ReferralWords
{
    /// <summary>"Consent", or which exception. For headings and lists.</summary>
    public static string Of(Basis basis) => basis switch
    {
        Basis.Consent => T("The officer’s consent", "Consentimiento del oficial"),
        Basis.Suicidal => T("Exception: suicidal", "Excepción: tiene pensamientos suicidas"),
        Basis.Homicidal => T("Exception: homicidal", "Excepción: tiene pensamientos homicidas"),
        Basis.CommittingCrimes => T("Exception: committing crimes", "Excepción: está cometiendo delitos"),
        _ => "",
    };

    public static string Of(Voluntariness voluntariness) => voluntariness switch
    {
        Voluntariness.Voluntary => T("Voluntary, not in lieu of discipline", "Voluntario, no en lugar de una medida disciplinaria"),
        Voluntariness.InLieuOfDiscipline => T("In lieu of discipline", "En lugar de una medida disciplinaria"),
        _ => "",
    };

    public static string Of(FirstTalk firstTalk) => firstTalk switch
    {
        FirstTalk.ThisWeek => T("This week", "Esta semana"),
        FirstTalk.NextWeeks => T("In the next weeks", "En las próximas semanas"),
        FirstTalk.NoHurry => T("No hurry", "Sin prisa"),
        _ => "",
    };

    /// <summary>"The officer’s consent. Voluntary, not in lieu of discipline."</summary>
    public static string Of(Basis basis, Voluntariness? voluntariness) =>
        voluntariness is { } chosen ? $"{Of(basis)}. {Of(chosen)}." : $"{Of(basis)}.";

    /// <summary>The language's name; empty where the code is none.</summary>
    public static string Language(string code) => Languages.All.ContainsKey(code) ? Languages.NameOf(code) : "";
}
