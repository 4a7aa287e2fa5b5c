using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Cases;

/// <summary>One open case in its psychologist's list, ready to be shown. Values only: an equal row is not rendered again.</summary>
public sealed record PostedRow(
    Guid CaseId, string Handle, string Situation, string? PeersSee, string Urgency, bool Urgent,
    string Posted, string? Accepted, bool Open, bool HolderGone, NoticeCounts Counts, int Wave, string? Next)
{
    /// <summary>The row for a case, with its times already in the reader's zone.</summary>
    public static PostedRow Of(PostedCase posted, SituationNames names, Func<DateTimeOffset, string> time) => new(
        posted.CaseId,
        posted.Handle.ToString(),
        names.Type(posted.TypeId, Language),
        posted.Level == NoticeLevel.Category ? names.Category(CaseNotice.CategoryOf(posted.TypeId), Language) : null,
        Words.Of(posted.Urgency),
        posted.AcceptedAt is null && posted.Urgency != Domain.Cases.Urgency.NextDays,
        time(posted.PostedAt),
        posted.AcceptedAt is { } at ? T($"{posted.AcceptedBy ?? "A peer"} accepted {time(at)}", $"{posted.AcceptedBy ?? "Un compañero"} aceptó {time(at)}") : null,
        posted.AcceptedAt is null,
        posted.HolderGone,
        posted.Counts,
        posted.Wave,
        posted.NextWaveAt is { } next ? WaveWords.Next(posted.Wave, time(next)) : null);
}
