using System.Globalization;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Cases;

/// <summary>The words for codes, in the language of whoever reads them now: so no word is kept in a field.</summary>
public static class Words
{
    public static string Of(Urgency urgency) => urgency switch
    {
        Urgency.Tonight => T("Tonight", "Esta noche"),
        Urgency.Today => T("Today", "Hoy"),
        Urgency.NextDays => T("In the next days", "En los próximos días"),
        _ => "",
    };

    /// <summary>End of the sentence "A peer who, if possible, …".</summary>
    public static string Of(PeerTag tag) => tag switch
    {
        PeerTag.SpeaksSpanish => T("speaks Spanish", "hable español"),
        PeerTag.OtherAgency => T("is from another agency", "sea de otra agencia"),
        PeerTag.Veteran => T("is a veteran", "sea veterano militar"),
        PeerTag.BeenThroughShooting => T("has been through a shooting", "haya pasado por un tiroteo"),
        PeerTag.BeenThroughSeparation => T("has been through a separation", "haya pasado por una separación"),
        _ => "",
    };

    /// <summary>How a case ended, said by the peer who closes it.</summary>
    public static string Of(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Supported => T("We talked, and that was enough", "Hablamos, y eso bastó"),
        CaseOutcome.OtherHelp => T("They go on with other help they chose themselves", "Sigue con otra ayuda que eligió por su cuenta"),
        CaseOutcome.Declined => T("They did not want to talk", "No quiso hablar"),
        CaseOutcome.NotReached => T("I could not reach them", "No pude localizar a esa persona"),
        CaseOutcome.Withdrawn => T("It was withdrawn", "Se retiró"),
        CaseOutcome.HandedOn => T("It was handed on to a clinician", "Se derivó a un profesional clínico"),
        _ => "",
    };

    /// <summary>"no contacts", "1 contact", "2 contacts"; both words already in the reader's language.</summary>
    public static string Count(int count, string one, string many) => count switch
    {
        0 => T($"no {many}", $"0 {many}"),
        1 => $"1 {one}",
        _ => $"{count} {many}",
    };

    /// <summary>"none" for nothing, else the number: for counts of things named beside it.</summary>
    public static string OrNone(int count) => count == 0 ? T("none", "ninguno") : count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A notice in words. Made from codes alone, for the peers who may read the notice.</summary>
/// <param name="Situation">The type, or the category where the psychologist shows no more.</param>
/// <param name="Category">The category beneath a type; null when it is already said.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Urgent">True when it wants attention now.</param>
/// <param name="Tags">"A peer who, if possible, …".</param>
public sealed record NoticeWords(string Situation, string? Category, string Urgency, bool Urgent, IReadOnlyList<string> Tags)
{
    /// <summary>The same notice in the same words: its codes stand, so only catalogue and language can differ.</summary>
    public bool Says(NoticeWords other) => (Situation, Category, Urgency) == (other.Situation, other.Category, other.Urgency);

    public static NoticeWords Of(CaseNotice notice, SituationNames names)
    {
        var category = names.Category(notice.CategoryId, Say.Language);
        var type = notice.TypeId is { } id ? names.Type(id, Say.Language) : null;
        return new(type ?? category, type is null ? null : category, Words.Of(notice.Urgency),
            notice.Urgency != Domain.Cases.Urgency.NextDays, [.. notice.WantedTags.Select(Words.Of)]);
    }
}
