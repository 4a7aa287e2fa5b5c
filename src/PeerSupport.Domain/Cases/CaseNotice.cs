using PeerSupport.Domain.People;

namespace PeerSupport.Domain.Cases;

/// <summary>
/// What every eligible peer sees. Coded fields only: nothing here was typed by a person, and a test forbids strings.
/// No agency, unit, rank, date of the event or name.
/// </summary>
/// <param name="CaseId">Random id, the address of the notice page.</param>
/// <param name="Handle">Two random words to talk about it.</param>
/// <param name="CategoryId">Catalogue id of the category.</param>
/// <param name="TypeId">Catalogue id of the type; null when the psychologist shows only the category.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="WantedTags">"A peer who, if possible…".</param>
/// <param name="SentAt">When it was posted.</param>
public sealed record CaseNotice(
    Guid CaseId,
    Handle Handle,
    int CategoryId,
    int? TypeId,
    Urgency Urgency,
    IReadOnlyList<PeerTag> WantedTags,
    DateTimeOffset SentAt)
{
    /// <summary>A type's id carries its category: id / 100.</summary>
    public static int CategoryOf(int typeId) => typeId / 100;

    /// <summary>The notice of a case, at the level of detail its psychologist chose.</summary>
    public static CaseNotice Of(SupportCase supportCase) => Of(
        supportCase.Id, supportCase.Handle, supportCase.SituationTypeId, supportCase.Level, supportCase.Urgency, supportCase.WantedTags, supportCase.PostedAt);

    /// <summary>The same from a case's coded fields: the type is left out where only the category is to be seen.</summary>
    public static CaseNotice Of(Guid caseId, Handle handle, int typeId, NoticeLevel level, Urgency urgency, IReadOnlyList<PeerTag> wantedTags, DateTimeOffset postedAt) =>
        new(caseId, handle, CategoryOf(typeId), level == NoticeLevel.Type ? typeId : null, urgency, wantedTags, postedAt);
}
