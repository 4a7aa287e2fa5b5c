using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>What a clinician without an account sees behind link and code.</summary>
/// <param name="Handle">Two words by which to speak of it.</param>
/// <param name="Basis">Why it is handed on.</param>
/// <param name="Voluntariness">Null for an exception.</param>
/// <param name="Facts">What the officer agreed to share, this once; null when it was shown before.</param>
/// <param name="Read">Proof that this reading is in the record; null with the facts.</param>
/// <param name="ShownAt">When the facts were shown.</param>
/// <param name="StewardName">The psychologist to call.</param>
/// <param name="StewardPhone">Her number, where one is known.</param>
public sealed record HandedFile(
    Handle Handle, Basis Basis, Voluntariness? Voluntariness, AgreedFacts? Facts, RecordedRead? Read, DateTimeOffset ShownAt, string StewardName, string? StewardPhone)
{
    /// <summary>Never the facts.</summary>
    public override string ToString() => "[hand-off]";
}

/// <summary>What a clinician without an account reads after the answer: whom to call.</summary>
public sealed record LinkAnswered(bool Acknowledged, string StewardName, string? StewardPhone);

/// <summary>
/// A clinician without an account opens a hand-off with link and code, and answers. One reply for whatever does not fit;
/// a link locks after five wrong codes, shows the facts once and is spent by the answer.
/// </summary>
public sealed class AnswerByLink
{
    private readonly Database database;
    private readonly ReadTrack reading;
    private readonly TrackSteps steps;
    private readonly LinkSecrets secrets;
    private readonly TimeProvider clock;
    private readonly TryLimit limit;

    internal AnswerByLink(Database database, ReadTrack reading, TrackSteps steps, LinkSecrets secrets, TimeProvider clock)
    {
        (this.database, this.reading, this.steps, this.secrets, this.clock) = (database, reading, steps, secrets, clock);
        limit = new TryLimit(clock);
    }

    /// <summary>Shows the agreed facts, the first time. The reading is in the record before they are returned.</summary>
    public async Task<Result<HandedFile>> OpenAsync(string? token, string? code, CancellationToken cancellationToken)
    {
        var entered = await EnterAsync(token, code, cancellationToken);
        if (!entered.Succeeded)
            return entered.Refusal!;
        await using var work = entered.Value.Work;
        var (_, link, seen, steward) = entered.Value;
        if (!IsOpen(link, seen.Track))
            return EscalationRefusals.LinkRefused;
        if (link.OpenedAt is { } before)
            return View(null, null, before);
        var opened = await reading.OpenAsync(work.Context, seen, null, ReadReason.OpenedByLink, cancellationToken);
        if (!opened.Succeeded)
            return opened.Refusal!;
        link.OpenedAt = opened.Value.Read.At;
        await work.Context.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return View(opened.Value.Facts, opened.Value.Read, opened.Value.Read.At);

        HandedFile View(AgreedFacts? facts, RecordedRead? read, DateTimeOffset shownAt) =>
            new(seen.Track.Handle, seen.Track.Basis, seen.Track.Voluntariness, facts, read, shownAt, steward.Name, steward.Phone);
    }

    /// <summary>Takes the hand-off or declines it; no reason is asked. Sending the same answer again is harmless.</summary>
    public async Task<Result<LinkAnswered>> AnswerAsync(string? token, string? code, bool acknowledge, CancellationToken cancellationToken)
    {
        var entered = await EnterAsync(token, code, cancellationToken);
        if (!entered.Succeeded)
            return entered.Refusal!;
        await using var work = entered.Value.Work;
        var (_, link, seen, steward) = entered.Value;
        var answered = new LinkAnswered(acknowledge, steward.Name, steward.Phone);
        if (!IsOpen(link, seen.Track))
            return await WasAnsweredAsync(work.Context, link, acknowledge, cancellationToken) ? answered : EscalationRefusals.LinkRefused;
        var step = acknowledge ? TrackStep.Acknowledge : TrackStep.Decline;
        if (steps.Take(work.Context, seen, step, null, new StepDetails(), null, steward.Day(clock.GetUtcNow())) is not null)
            return EscalationRefusals.LinkRefused;
        link.SpentAt = clock.GetUtcNow();
        await work.Context.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return answered;
    }

    /// <summary>Finds and locks track and link behind a right token and code. The caller disposes the transaction.</summary>
    private async Task<Result<Entered>> EnterAsync(string? token, string? code, CancellationToken cancellationToken)
    {
        // A token we never made costs a hash and nothing else: whoever makes them up keeps nobody out.
        if (secrets.LinkOf(token) is not { } linkId)
            return EscalationRefusals.LinkRefused;
        if (!limit.Take())
            return EscalationRefusals.TooManyTries;
        var work = await database.BeginLinkAsync(linkId, cancellationToken);
        try
        {
            var entered = await EnterAsync(work, linkId, code, cancellationToken);
            if (entered is not null)
                return entered;
            await work.DisposeAsync();
            return EscalationRefusals.LinkRefused;
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }
    }

    private async Task<Entered?> EnterAsync(Work work, Guid linkId, string? code, CancellationToken cancellationToken)
    {
        var db = work.Context;
        // The track first, then the link: whoever renews a link locks them in this order, too.
        var trackId = await db.HandOffLinks.Where(l => l.Id == linkId).Select(l => (Guid?)l.TrackId).SingleOrDefaultAsync(cancellationToken);
        if (trackId is null || await work.LockTrackAsync(trackId.Value, cancellationToken) is not { } track)
            return null;
        var link = (await db.HandOffLinks.FromSql($"select * from hand_off_links where id = {linkId} for update").ToListAsync(cancellationToken)).Single();
        if (!IsRight(link.Id, code) || link.WrongCodes >= LinkRules.MostWrongCodes)
        {
            if (link.IsOpen(clock.GetUtcNow()))
            {
                link.WrongCodes++;
                await db.SaveChangesAsync(cancellationToken);
                await work.CommitAsync(cancellationToken);
            }

            return null;
        }

        var clinician = await db.Clinicians.AsNoTracking().SingleAsync(c => c.Id == link.ClinicianId, cancellationToken);
        var steward = await db.People.AsNoTracking().SingleAsync(p => p.Id == track.StewardId, cancellationToken);
        return new Entered(work, link, new SeenTrack(track, clinician, TrackParty.LinkHolder), StewardCard.Of(steward));
    }

    private bool IsRight(Guid linkId, string? code)
    {
        var typed = new string([.. (code ?? "").Take(50).Where(char.IsAsciiDigit)]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(typed), Encoding.ASCII.GetBytes(secrets.CodeOf(linkId)));
    }

    /// <summary>Still waiting for this very answer: a link of an earlier hand-off to the same clinician opens nothing.</summary>
    private bool IsOpen(HandOffLink link, FormalTrack track) =>
        link.IsOpen(clock.GetUtcNow()) && track.State == TrackState.Referred && link.IssuedAt >= track.ReferredAt;

    private static async Task<bool> WasAnsweredAsync(PeerSupportContext db, HandOffLink link, bool acknowledge, CancellationToken cancellationToken)
    {
        var kind = acknowledge ? TrackEventKind.Acknowledged : TrackEventKind.Declined;
        return link.SpentAt is { } spent && await db.TrackEvents.AnyAsync(
            e => e.TrackId == link.TrackId && e.Kind == kind && e.Party == TrackParty.LinkHolder && e.At >= link.IssuedAt && e.At <= spent, cancellationToken);
    }

    private sealed record Entered(Work Work, HandOffLink Link, SeenTrack Seen, StewardCard Steward);
}
