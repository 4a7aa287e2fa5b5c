using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>What the two sheets share: opened once, for one answer, after the reading was recorded.</summary>
public abstract class SheetPage : CasePage
{
    /// <summary>What stands on the page instead of the sheet.</summary>
    protected string? Sentence { get; private set; }

    /// <summary>"2 November 2026", in the reader's zone: when it was handed to the clinician, or began.</summary>
    protected string On(TrackRow row) => LocalTime.Day(Day(row));

    /// <summary>The same as a day.</summary>
    protected DateOnly Day(TrackRow row) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(row.ReferredAt ?? row.OpenedAt, Actor!.TimeZone).DateTime);

    /// <summary>A refusal: what is not there is not there; anything else is said.</summary>
    protected void Answer(Refusal refusal)
    {
        if (refusal == EscalationRefusals.NotFound)
        {
            NothingHere();
            return;
        }

        Sentence = refusal.Sentence;
        Refused();
    }
}
