using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;

namespace PeerSupport.Web.Features.Cases;

/// <summary>One open notice on a peer's board, ready to be shown: codes in words, time in the reader's zone.</summary>
public sealed record BoardRow(Guid CaseId, string Handle, NoticeWords Words, string Sent);

/// <summary>
/// The rows on one board. A row of which nothing changed stays the same object and is not rendered again, and that is what
/// lets a thousand boards follow one change; a notice's codes never change, and words only with the catalogue or the language.
/// </summary>
internal sealed class RowsOnScreen
{
    private IReadOnlyList<BoardRow> shown = [];
    private SituationNames? names;
    private string language = "";

    /// <summary>What is on screen now.</summary>
    public IReadOnlyList<BoardRow> Shown => shown;

    /// <summary>Nothing is shown any more.</summary>
    public void Clear() => shown = [];

    /// <summary>Shows these notices in the words of this catalogue, in the language of whoever reads now.</summary>
    public void Show(IReadOnlyList<CaseNotice> notices, SituationNames catalogue, Func<DateTimeOffset, string> time)
    {
        var wordsStand = ReferenceEquals(names, catalogue) && language == Say.Language;
        var (rows, next) = (new BoardRow[notices.Count], 0);
        for (var n = 0; n < rows.Length; n++)
        {
            var (notice, at) = (notices[n], Find(notices[n].CaseId, next));
            var (sent, before) = (time(notice.SentAt), at < 0 ? null : shown[at]);
            rows[n] = before is not null && before.Sent == sent && (wordsStand || before.Words.Says(NoticeWords.Of(notice, catalogue)))
                ? before
                : new(notice.CaseId, notice.Handle.ToString(), NoticeWords.Of(notice, catalogue), sent);
            next = at < 0 ? next : at + 1;
        }

        (shown, names, language) = (rows, catalogue, Say.Language);
    }

    /// <summary>Both lists are newest first, so the search goes on where the last one ended.</summary>
    private int Find(Guid caseId, int from)
    {
        for (var at = from; at < shown.Count; at++)
        {
            if (shown[at].CaseId == caseId)
                return at;
        }

        return -1;
    }
}
