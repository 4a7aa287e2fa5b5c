using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// The errand of an open case: its waves, then the word to its psychologist that nobody has taken it, then a look every
/// half hour for peers who have become free, with a reminder to her now and then. Gone with the case; quiet once
/// somebody has accepted.
/// </summary>
internal sealed class WaveErrand(HandBackLimit limit, TimeProvider clock) : IErrandHandler
{
    public ErrandKind Kind => ErrandKind.Wave;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        // The case first, as accept, hand-back and burn take it.
        var locked = await db.SupportCases.FromSql($"select * from support_cases where id = {errand.SubjectId} and status = {(int)CaseStatus.Open} for update").ToListAsync(cancellationToken);
        // An errand from before it was widened by hand, or before it came back, is earlier than the step that is planned now.
        if (locked is not [{ NextWaveAt: { } planned } supportCase] || errand.DueAt < planned)
            return null;
        var now = clock.GetUtcNow();
        if (supportCase.Wave < Waves.Region)
        {
            await db.WidenAsync(supportCase, planned, now, limit, cancellationToken);
            return Next(supportCase, supportCase.Wave + 1);
        }

        var look = supportCase.Wave == Waves.Told ? Math.Max(1, errand.Step - Waves.Told) : 0;
        supportCase.Wave = Waves.Told;
        await db.AlertLateComersAsync(supportCase, now, limit, cancellationToken);
        if (look == 0 || Waves.RemindsAt(look))
            await TellAsync(db, supportCase, now, cancellationToken);
        // From now, not from when it was due: after an outage one look is as good as ten.
        supportCase.NextWaveAt = now + Waves.LookEvery;
        return Next(supportCase, Waves.Told + look + 1);
    }

    private static ErrandAgain Next(SupportCase supportCase, int step) => new(step, supportCase.NextWaveAt!.Value);

    /// <summary>One mail at a time: while the last one waits for the mail server, another would say the same.</summary>
    private static async Task TellAsync(PeerSupportContext db, SupportCase supportCase, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.Messages.AnyAsync(
                mail => mail.CaseId == supportCase.Id && mail.Kind == MessageKind.NobodyYet && (mail.State == DeliveryState.Waiting || mail.State == DeliveryState.Sending), cancellationToken))
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.NobodyYet, PersonId = supportCase.PsychologistId, CaseId = supportCase.Id, DueAt = now });
    }
}
