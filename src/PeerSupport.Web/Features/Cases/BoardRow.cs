using PeerSupport.Domain.Cases;

namespace PeerSupport.Web.Features.Cases;

/// <summary>One open notice on a peer's board, ready to be shown: codes in words, time in the reader's zone.</summary>
public sealed record BoardRow(Guid CaseId, string Handle, NoticeWords Words, string Sent)
{
    /// <summary>
    /// The row as it is already on screen, when nothing of it changed; a notice's codes never change. Rows that stay the
    /// same object are not rendered again, and that is what lets a thousand boards follow one change.
    /// </summary>
    public static BoardRow Keep(IReadOnlyList<BoardRow> shown, CaseNotice notice, NoticeWords words, string sent)
    {
        foreach (var row in shown)
        {
            if (row.CaseId == notice.CaseId && row.Sent == sent && row.Words.Situation == words.Situation)
                return row;
        }

        return new(notice.CaseId, notice.Handle.ToString(), words, sent);
    }
}
