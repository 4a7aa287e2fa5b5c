using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Notices;

/// <summary>
/// Claims rows that are to be sent, by mail or otherwise, and settles them. Only the claim that did the work may settle a
/// row: a lapsed one changes nothing.
/// </summary>
/// <typeparam name="TRow">Deliveries of case notices, or messages.</typeparam>
internal abstract class ClaimQueue<TRow>(Database database) : IClaimQueue
    where TRow : class, IMailRow
{
    protected const int Batch = 50;

    /// <summary>The state of a row that is to be tried again.</summary>
    protected abstract Expression<Func<TRow, DeliveryState>> Again { get; }

    public async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var work = await BeginAsync(cancellationToken);
        var claimed = await ClaimDue(work.Context, now, now + RetryRules.ClaimLasts).ToListAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return claimed;
    }

    public async Task<bool> StillWantedAsync(ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var work = await BeginAsync(cancellationToken);
        return await IsWantedAsync(work.Context, row, now, cancellationToken);
    }

    public async Task SettleAsync(ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var work = await BeginAsync(cancellationToken);
        var mine = Mine(work.Context, row);
        var settled = answer switch
        {
            null => await mine.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Covered), cancellationToken),
            MailAnswer.Taken => await mine.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent).SetProperty(d => d.SentAt, now), cancellationToken),
            MailAnswer.Refused => await mine.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Failed), cancellationToken),
            MailAnswer.Later or MailAnswer.Down => await mine.ExecuteUpdateAsync(set => set
                .SetProperty(d => d.State, Again)
                .SetProperty(d => d.DueAt, now + RetryRules.Backoff(row.Attempts)), cancellationToken),
            _ => throw new InvalidOperationException("An answer nobody knows."),
        };
        if (settled > 0 && answer is null or MailAnswer.Taken or MailAnswer.Refused)
        {
            await DoneAsync(work.Context, row, answer, now, cancellationToken);
            work.CaseChanged(); // the psychologist's counts
        }
        else if (settled > 0 && answer == MailAnswer.Later)
            await PutOffAsync(work.Context, row, now, cancellationToken);

        await work.CommitAsync(cancellationToken);
    }

    public async Task ReleaseAsync(IReadOnlyCollection<ClaimedMail> rows, TimeSpan wait, DateTimeOffset now)
    {
        // Not the caller's token: this is what is left to do when that one is cancelled.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await using var work = await BeginAsync(patience.Token);
        // Rows that somebody else is changing are left to lapse. Whoever accepts holds all rows of a case: waiting for one
        // of them while holding another that they wait for would end one of the two.
        var locked = await LockFree(work.Context, [.. rows.Select(row => row.Id)]).ToListAsync(patience.Token);
        var mine = locked.Intersect(rows.Select(row => new Claim(row.Id, row.Attempts, row.Round))).Select(claim => claim.Id).ToList();
        await work.Context.Set<TRow>().Where(d => mine.Contains(d.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, Again)
            .SetProperty(d => d.Attempts, d => d.Attempts - 1)
            .SetProperty(d => d.DueAt, now + wait), patience.Token);
        await work.CommitAsync(patience.Token);
    }

    /// <summary>Marks due rows as being sent, and returns them with their readers' addresses.</summary>
    protected abstract IQueryable<ClaimedMail> ClaimDue(PeerSupportContext db, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Locks those of these rows that are being sent and that nobody else is at.</summary>
    protected abstract IQueryable<Claim> LockFree(PeerSupportContext db, Guid[] ids);

    /// <summary>The row, as long as this claim on it stands.</summary>
    protected abstract IQueryable<TRow> Mine(PeerSupportContext db, ClaimedMail row);

    /// <summary>Whether the row is still to be sent.</summary>
    protected abstract Task<bool> IsWantedAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>In the transaction that settled a row for good.</summary>
    protected virtual Task DoneAsync(PeerSupportContext db, ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>In the transaction that puts a row off because the far end said so of this reader.</summary>
    protected virtual Task PutOffAsync(PeerSupportContext db, ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

    protected Task<Work> BeginAsync(CancellationToken cancellationToken) => database.BeginJobAsync("mail", cancellationToken);
}
