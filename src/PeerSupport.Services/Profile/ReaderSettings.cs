using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Profile;

/// <summary>Language, time zone and number of anybody with an account, by themselves. They hold from the next request on, everywhere.</summary>
public sealed class ReaderSettings(Database database, TimeProvider clock)
{
    /// <summary>Both at once.</summary>
    public async Task<Result> SaveAsync(Actor actor, OwnSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Language is not ("en" or "es") || !IsZone(settings.TimeZone))
            return ProfileRefusals.FromTheList;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var saved = await work.Context.People.Where(person => person.Id == actor.PersonId && person.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, settings.Language).SetProperty(p => p.TimeZone, settings.TimeZone), cancellationToken);
        if (saved == 0)
            return ProfileRefusals.NotFound;
        work.CaseChanged(); // open boards show their times anew
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>The other language, from the foot of a page.</summary>
    public Task<Result> SetLanguageAsync(Actor actor, string language, CancellationToken cancellationToken) =>
        SaveAsync(actor, new OwnSettings(language, actor.TimeZone.Id), cancellationToken);

    /// <summary>The number on which colleagues call the actor; empty for none.</summary>
    public async Task<string> NumberAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        return await work.Context.People.Where(person => person.Id == actor.PersonId).Select(person => person.Phone).SingleOrDefaultAsync(cancellationToken) ?? "";
    }

    /// <summary>
    /// Sets it, or takes it away. A psychologist whose case nobody takes calls peers on it; of a psychologist it stands on hand-offs.
    /// That it was changed, not what it is, goes into the actor's security log.
    /// </summary>
    public async Task<Result> SetNumberAsync(Actor actor, string number, CancellationToken cancellationToken)
    {
        number = number.Trim();
        if (number.Length > 0 && !Written.IsPhone(number))
            return ProfileRefusals.BadNumber;
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var phone = number.Length == 0 ? null : number;
        if (await work.Context.People.Where(person => person.Id == actor.PersonId && person.Active && person.Phone != phone)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Phone, phone), cancellationToken) > 0)
        {
            work.Context.Log(actor.PersonId, SecurityEvent.PhoneChanged, clock.GetUtcNow());
            await work.Context.SaveChangesAsync(cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>An IANA name that this machine knows: offsets of old names and made-up ones would show wrong times.</summary>
    private static bool IsZone(string zone) =>
        zone.Length <= 64 && (zone.Contains('/', StringComparison.Ordinal) || zone == "UTC") && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId;
}
