using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Services.Cases;

/// <summary>What a peer's board shows that peer. No identity: nothing here was typed by a person.</summary>
public sealed record PeerBoard(PeerDuty Duty, IReadOnlyList<HeldCase> Held, IReadOnlyList<CaseNotice> Open, IReadOnlyList<CoveredNotice> Covered, int OpenCount);

/// <summary>A peer's own standing: seen by that peer only.</summary>
public sealed record PeerDuty(bool OnDuty, int Held, int Limit, DateOnly TrainedUntil, bool TrainingCurrent, DateTimeOffset? PausedUntil)
{
    /// <summary>Cases are offered: neither off duty, nor on a break, nor out of training.</summary>
    public bool IsOffered => OnDuty && TrainingCurrent && PausedUntil is null;
}

/// <summary>"Quiet Lantern is covered, thank you": for those who were alerted.</summary>
public sealed record CoveredNotice(Handle Handle, DateTimeOffset CoveredAt);

/// <summary>The notice page, for one eligible peer.</summary>
public sealed record NoticePage(CaseNotice Notice, PeerDuty Duty, bool Declined);

/// <summary>The case a peer holds, for that peer only. Still no identity: that takes a reveal.</summary>
public sealed record HeldCase(CaseNotice Notice, DateTimeOffset AcceptedAt, int RecentContacts, int TotalContacts)
{
    public Guid CaseId => Notice.CaseId;
}

/// <summary>The words to say first, in the wording of the officer's agency.</summary>
/// <param name="AgencyName">Whose wording it is.</param>
/// <param name="Version">0 for the standard wording.</param>
/// <param name="Text">The words.</param>
/// <param name="Language">"en" or "es": which of the two it is in.</param>
/// <param name="InUseSince">First day of this version.</param>
public sealed record Disclaimer(string AgencyName, int Version, string Text, string Language, DateOnly InUseSince);

/// <summary>A case as its own psychologist sees it in the list: counts per notice, no identity. <paramref name="HolderGone"/>: who accepted cannot act any more.</summary>
public sealed record PostedCase(
    Guid CaseId,
    Handle Handle,
    int TypeId,
    NoticeLevel Level,
    Urgency Urgency,
    IReadOnlyList<PeerTag> WantedTags,
    DateTimeOffset PostedAt,
    string? AcceptedBy,
    DateTimeOffset? AcceptedAt,
    bool HolderGone,
    NoticeCounts Counts,
    int Wave,
    DateTimeOffset? NextWaveAt);

/// <summary>How many peers a notice reached: for the psychologist who posted it. Never who.</summary>
/// <param name="OnBoard">Peers it stands on the board of.</param>
/// <param name="Alerted">Those of them to whom an alert left or is about to, by whatever way.</param>
/// <param name="Reached">To whom at least one alert left, or who have looked.</param>
/// <param name="Waiting">To whom none left yet, and one still may.</param>
/// <param name="Seen">Peers who opened it.</param>
/// <param name="Declined">Peers who said no.</param>
/// <param name="Failed">Every alert to them was refused for good, and they have not looked: not alerted, somebody has to call.</param>
public sealed record NoticeCounts(int OnBoard, int Alerted, int Reached, int Waiting, int Seen, int Declined, int Failed);

/// <summary>The page of one case, for the psychologist who posted it. Names only where she needs them to act; no identity.</summary>
/// <param name="Case">As in her list.</param>
/// <param name="Waves">What became of each wave that went out.</param>
/// <param name="OnBoardOnly">Peers who see it when they look, and were not alerted, those whose alerts all failed among them.</param>
/// <param name="Wave">The last step.</param>
/// <param name="NextAt">When the next step comes; null once a peer has it.</param>
/// <param name="WithoutChannel">Peers who could take it and whom no alert reaches.</param>
/// <param name="Callable">At the end of the ladder: whom to call, in this order.</param>
public sealed record PostedCaseProgress(
    PostedCase Case, IReadOnlyList<WaveCounts> Waves, int OnBoardOnly, int Wave, DateTimeOffset? NextAt,
    IReadOnlyList<string> WithoutChannel, IReadOnlyList<CallablePeer> Callable);

/// <summary>What became of one wave. Counts of peers, never who.</summary>
/// <param name="Wave">Which.</param>
/// <param name="Peers">Whom it was to alert.</param>
/// <param name="Sent">At least one alert to them left.</param>
/// <param name="Waiting">Still to be sent.</param>
/// <param name="Seen">Opened the notice.</param>
/// <param name="Declined">Said no.</param>
/// <param name="Failed">Every alert to them was refused for good, and they have not looked: they count as not alerted.</param>
public sealed record WaveCounts(int Wave, int Peers, int Sent, int Waiting, int Seen, int Declined, int Failed);

/// <summary>A peer the psychologist could call, as colleagues do.</summary>
/// <param name="Name">Who.</param>
/// <param name="AgencyName">Their department.</param>
/// <param name="Phone">Their number.</param>
/// <param name="Why">Why they, and why no alert brought an answer.</param>
public sealed record CallablePeer(string Name, string AgencyName, string Phone, CallReason Why);

/// <summary>One page of a psychologist's open cases.</summary>
public sealed record PostedCases(IReadOnlyList<PostedCase> Cases, int Total, int Page, int PageSize);

/// <summary>
/// One reveal: the officer, for the peer who holds the case or its psychologist. Its words open only with the grant
/// of the step-up that asked for it.
/// </summary>
public sealed record RevealedIdentity(Guid CaseId, Handle Handle, Disclaimer Disclaimer, OfficerIdentity Officer, RevealGrant Grant)
{
    /// <summary>Never the words.</summary>
    public override string ToString() => "[sealed]";
}

/// <summary>A peer as a psychologist picks them under "Who must not get it".</summary>
/// <param name="PersonId">Who.</param>
/// <param name="DisplayName">As colleagues know them.</param>
/// <param name="AgencyName">Their department.</param>
/// <param name="Available">They would be alerted if the case were posted now.</param>
/// <param name="UnitId">Their unit, where one is recorded.</param>
/// <param name="UnitName">Its name.</param>
public sealed record PickablePeer(Guid PersonId, string DisplayName, string AgencyName, bool Available, Guid? UnitId = null, string? UnitName = null);

/// <summary>A unit an officer may belong to, and the units that are too near it. Read by the page alone: which one is chosen never comes back.</summary>
/// <param name="UnitId">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="AgencyName">Its agency.</param>
/// <param name="Same">The units whose peers are colleagues there: itself.</param>
/// <param name="Above">The units above it.</param>
/// <param name="Below">The units below it.</param>
public sealed record OfficerUnit(Guid UnitId, string Name, string AgencyName, IReadOnlyList<Guid> Same, IReadOnlyList<Guid> Above, IReadOnlyList<Guid> Below);
