using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>The errand of an alarm nobody has answered: the mails again, to more people with time, until somebody has it.</summary>
internal sealed class DangerLadder(EscalationSettings settings, TimeProvider clock) : IErrandHandler
{
    public ErrandKind Kind => ErrandKind.DangerAlert;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var alarm = await db.DangerAlerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == errand.SubjectId && a.AcknowledgedBy == null, cancellationToken);
        if (alarm is null)
            return null;
        var now = clock.GetUtcNow();
        var rung = DangerRules.RungAfter(now - alarm.RaisedAt, settings.AlertAgencyAfter, settings.AlertRegionAfter);
        var everybody = await db.AlarmableAsync(alarm.RaisedBy, alarm.AgencyId, alarm.RegionId, cancellationToken);
        var unreachable = await db.UnreachableAsync(alarm, cancellationToken);
        // Whose mail is refused hears nothing, so the next rung hears it at once; where that leaves nobody, all are tried again.
        var audience = DangerRules.Audience(rung, [.. everybody.Where(one => !unreachable.Contains(one.PersonId))]);
        if (audience.Count == 0)
            audience = DangerRules.Audience(rung, everybody);
        db.Mail(alarm, audience, await db.StillWaitingAsync(alarm, cancellationToken), now);
        return new ErrandAgain(errand.Step + 1, now + settings.AlertEvery);
    }
}

/// <summary>The errand of an answered alarm: a day later nothing of it is left, its mails included.</summary>
internal sealed class DangerForget : IErrandHandler
{
    public ErrandKind Kind => ErrandKind.ForgetAlert;

    public async Task<ErrandAgain?> RunAsync(Work work, Errand errand, CancellationToken cancellationToken)
    {
        await work.Context.DangerAlerts.Where(alarm => alarm.Id == errand.SubjectId && alarm.AcknowledgedBy != null).ExecuteDeleteAsync(cancellationToken);
        return null;
    }
}
