using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;

namespace PeerSupport.Web.Features.Cases;

/// <summary>The words for codes, as people read them.</summary>
public static class Words
{
    /// <summary>The language of the pages.</summary>
    public const string Language = "en";

    public static string Of(Urgency urgency) => urgency switch
    {
        Urgency.Tonight => "Tonight",
        Urgency.Today => "Today",
        Urgency.NextDays => "In the next days",
        _ => "",
    };

    /// <summary>End of the sentence "A peer who, if possible, …".</summary>
    public static string Of(PeerTag tag) => tag switch
    {
        PeerTag.SpeaksSpanish => "speaks Spanish",
        PeerTag.OtherAgency => "is from another agency",
        PeerTag.Veteran => "is a veteran",
        PeerTag.BeenThroughShooting => "has been through a shooting",
        PeerTag.BeenThroughSeparation => "has been through a separation",
        _ => "",
    };

    /// <summary>How a case ended, said by the peer who closes it.</summary>
    public static string Of(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Supported => "We talked, and that was enough",
        CaseOutcome.OtherHelp => "They go on with other help they chose themselves",
        CaseOutcome.Declined => "They did not want to talk",
        CaseOutcome.NotReached => "I could not reach them",
        CaseOutcome.Withdrawn => "It was withdrawn",
        CaseOutcome.HandedOn => "It was handed on to a clinician",
        _ => "",
    };

    /// <summary>"no contacts", "1 contact", "2 contacts".</summary>
    public static string Count(int count, string one, string many) => count switch
    {
        0 => $"no {many}",
        1 => $"1 {one}",
        _ => $"{count} {many}",
    };
}

/// <summary>A notice in words. Made from codes alone, for the peers who may read the notice.</summary>
/// <param name="Situation">The type, or the category where the psychologist shows no more.</param>
/// <param name="Category">The category beneath a type; null when it is already said.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Urgent">True when it wants attention now.</param>
/// <param name="Tags">"A peer who, if possible, …".</param>
public sealed record NoticeWords(string Situation, string? Category, string Urgency, bool Urgent, IReadOnlyList<string> Tags)
{
    public static NoticeWords Of(CaseNotice notice, SituationNames names)
    {
        var category = names.Category(notice.CategoryId, Words.Language);
        var type = notice.TypeId is { } id ? names.Type(id, Words.Language) : null;
        return new(type ?? category, type is null ? null : category, Words.Of(notice.Urgency),
            notice.Urgency != Domain.Cases.Urgency.NextDays, [.. notice.WantedTags.Select(Words.Of)]);
    }
}
