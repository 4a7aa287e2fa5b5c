using PeerSupport.Domain.Escalation;

namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>The codes of a hand-off, as people read them on pages and on paper.</summary>
public static class ReferralWords
{
    /// <summary>"Consent", or which exception. For headings and lists.</summary>
    public static string Of(Basis basis) => basis switch
    {
        Basis.Consent => "The officer’s consent",
        Basis.Suicidal => "Exception: suicidal",
        Basis.Homicidal => "Exception: homicidal",
        Basis.CommittingCrimes => "Exception: committing crimes",
        _ => "",
    };

    public static string Of(Voluntariness voluntariness) => voluntariness switch
    {
        Voluntariness.Voluntary => "Voluntary, not in lieu of discipline",
        Voluntariness.InLieuOfDiscipline => "In lieu of discipline",
        _ => "",
    };

    public static string Of(FirstTalk firstTalk) => firstTalk switch
    {
        FirstTalk.ThisWeek => "This week",
        FirstTalk.NextWeeks => "In the next weeks",
        FirstTalk.NoHurry => "No hurry",
        _ => "",
    };

    /// <summary>"The officer’s consent. Voluntary, not in lieu of discipline."</summary>
    public static string Of(Basis basis, Voluntariness? voluntariness) =>
        voluntariness is { } chosen ? $"{Of(basis)}. {Of(chosen)}." : $"{Of(basis)}.";

    /// <summary>The language's English name.</summary>
    public static string Language(string code) => Languages.All.GetValueOrDefault(code, "");
}
