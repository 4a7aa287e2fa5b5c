using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>Sends the waves of an open case out. For the post, for the errand, and for "Widen now": the caller commits.</summary>
internal static class Widening
{
    /// <summary>
    /// The next wave; one that finds nobody new goes on to the next at once. The case's row must be locked or new, and
    /// says afterwards which wave it was and when the next comes.
    /// </summary>
    /// <param name="db">Of the psychologist's own transaction, or of a job's.</param>
    /// <param name="supportCase">Tracked; its wave lies before the last.</param>
    /// <param name="due">When this wave was due: what comes late makes nothing after it late.</param>
    /// <param name="now">When it is.</param>
    /// <param name="limit">From how many hand-backs on a peer has to wait.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task WidenAsync(
        this PeerSupportContext db, SupportCase supportCase, DateTimeOffset due, DateTimeOffset now, HandBackLimit limit, CancellationToken cancellationToken)
    {
        var (plan, zone) = await db.PlanOfAsync(supportCase.AgencyId, cancellationToken);
        var candidates = await db.CandidatesAsync(supportCase, new Moment(now, QuietHours.DayIn(zone, now), limit), cancellationToken);
        IReadOnlyList<Candidate> audience;
        do
        {
            supportCase.Wave++;
            audience = Waves.Audience(supportCase.Wave, supportCase.AgencyId, supportCase.WantedTags, candidates, now);
        }
        while (audience.Count == 0 && supportCase.Wave < Waves.Region);

        await db.AlertAsync(supportCase, [.. audience.Select(one => one.PeerId)], now, cancellationToken);
        // Where nobody is left who could answer, there is nothing to wait for.
        var hopeless = audience.Count == 0 && candidates.TrueForAll(one => !one.Alerted);
        supportCase.NextWaveAt = hopeless ? now : due + Waves.WaitAfter(supportCase.Wave, plan, supportCase.Urgency, QuietHours.TimeIn(zone, now));
    }

    /// <summary>After the last wave: whoever has come on duty since, or whose quiet hours are over, is alerted too.</summary>
    public static async Task AlertLateComersAsync(this PeerSupportContext db, SupportCase supportCase, DateTimeOffset now, HandBackLimit limit, CancellationToken cancellationToken)
    {
        var (_, zone) = await db.PlanOfAsync(supportCase.AgencyId, cancellationToken);
        var candidates = await db.CandidatesAsync(supportCase, new Moment(now, QuietHours.DayIn(zone, now), limit), cancellationToken);
        var audience = Waves.Audience(Waves.Region, supportCase.AgencyId, supportCase.WantedTags, candidates, now);
        await db.AlertAsync(supportCase, [.. audience.Select(one => one.PeerId)], now, cancellationToken);
    }

    /// <summary>The errand that brings the next step of a case.</summary>
    public static Errand NextStep(this SupportCase supportCase) => NextStep(supportCase.Id, supportCase.Wave, supportCase.NextWaveAt!.Value);

    /// <summary>The errand that brings the step after this wave.</summary>
    public static Errand NextStep(Guid caseId, int wave, DateTimeOffset due) => new()
    {
        Id = Guid.NewGuid(),
        Kind = ErrandKind.Wave,
        SubjectId = caseId,
        CaseId = caseId,
        Step = wave + 1,
        DueAt = due,
    };

    /// <summary>An agency's plan and time zone; the usual plan where it has none of its own.</summary>
    public static async Task<(AlertPlan Plan, string Zone)> PlanOfAsync(this PeerSupportContext db, Guid agencyId, CancellationToken cancellationToken) => (
        await db.AlertPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.AgencyId == agencyId, cancellationToken) ?? new AlertPlan { AgencyId = agencyId },
        await db.Agencies.Where(agency => agency.Id == agencyId).Select(agency => agency.TimeZone).SingleAsync(cancellationToken));

    /// <summary>Everybody who could take it now: not kept away, and without an answer of no.</summary>
    private static Task<List<Candidate>> CandidatesAsync(this PeerSupportContext db, SupportCase supportCase, Moment at, CancellationToken cancellationToken)
    {
        var id = supportCase.Id;
        return (
            from peer in db.Available(supportCase.AgencyId, at)
            join person in db.People on peer.PersonId equals person.Id
            where !db.Recusals.Any(recusal => recusal.CaseId == id && recusal.PeerId == peer.PersonId)
                && !db.Deliveries.Any(d => d.CaseId == id && d.PeerId == peer.PersonId && d.DeclinedAt != null)
            orderby peer.PersonId
            select new Candidate(
                peer.PersonId, person.AgencyId, peer.Tags, peer.SpokenLanguages, person.TimeZone, peer.QuietFrom, peer.QuietUntil,
                db.Deliveries.Any(d => d.CaseId == id && d.PeerId == peer.PersonId && d.Channel != Channel.Board && d.State != DeliveryState.Covered && d.State != DeliveryState.Failed),
                db.Deliveries.Any(d => d.CaseId == id && d.PeerId == peer.PersonId && d.Channel != Channel.Board && d.State == DeliveryState.Failed)))
            .AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>
    /// A row for each peer and way to alert them, and one for the board of who came later. An alert that was not sent before,
    /// because they were busy or wanted quiet just then, or because the case has come back, is sent now, in its own row.
    /// </summary>
    private static async Task AlertAsync(this PeerSupportContext db, SupportCase supportCase, List<Guid> audience, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (audience.Count == 0)
            return;
        var others = await db.AlertChannels.Where(channel => audience.Contains(channel.PersonId) && (channel.Kind == Channel.Push || channel.Kind == Channel.Gateway))
            .Select(channel => new { channel.PersonId, channel.Kind }).Distinct().ToListAsync(cancellationToken);
        // One statement for all who have a row: asked for each of a hundred rows, row-level security takes longer than all the rest.
        var (id, wave) = (supportCase.Id, supportCase.Wave);
        var known = db.Deliveries.Where(d => d.CaseId == id && audience.Contains(d.PeerId)
            && (d.Channel == Channel.Board || d.Channel == Channel.Mail || db.AlertChannels.Any(channel => channel.PersonId == d.PeerId && channel.Kind == d.Channel)));
        var rows = (await known.Select(d => new { d.PeerId, d.Channel }).ToListAsync(cancellationToken)).Select(row => (row.PeerId, row.Channel)).ToHashSet();
        await known.ExecuteUpdateAsync(set => set.SetProperty(d => d.Wave, wave), cancellationToken);
        await known.Where(d => d.Channel != Channel.Board).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Waiting).SetProperty(d => d.DueAt, now).SetProperty(d => d.ClaimedUntil, (DateTimeOffset?)null), cancellationToken);
        var ways = audience.SelectMany(peer => new[] { (peer, Channel.Board), (peer, Channel.Mail) }).Concat(others.Select(other => (other.PersonId, other.Kind)));
        await db.AddNoticesAsync([.. ways.Where(way => !rows.Contains(way)).Select(way => supportCase.DeliveryTo(way.Item1, way.Item2, now, wave))], cancellationToken);
    }
}
