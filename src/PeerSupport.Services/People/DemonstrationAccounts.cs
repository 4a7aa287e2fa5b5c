using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>A made-up person to try the product as.</summary>
public sealed record DemonstrationAccount(string Email, string DisplayName, Role Role);

/// <summary>
/// The made-up people of a demonstration, listed for anybody: only where demonstration mode is on, which no production
/// environment starts with.
/// </summary>
public sealed class DemonstrationAccounts
{
    /// <summary>Everybody's documented password in a demonstration.</summary>
    public const string Password = "Demo-pass-2026!";

    /// <summary>Only addresses of this ending are ever listed. ".test" belongs to nobody.</summary>
    public const string EmailEnding = "@demo.test";
    private readonly IServiceScopeFactory scopes;

    internal DemonstrationAccounts(IServiceScopeFactory scopes, bool on) => (this.scopes, On) = (scopes, on);

    /// <summary>Whether this is a demonstration.</summary>
    public bool On { get; }

    /// <summary>By role, then by name; nobody outside a demonstration.</summary>
    public async Task<IReadOnlyList<DemonstrationAccount>> ListAsync(CancellationToken cancellationToken)
    {
        if (!On)
            return [];
        await using var work = new AccountWork(scopes);
        var rows = await (
            from account in work.Db.Users
            join person in work.Db.People on account.Id equals person.Id
            join grant in work.Db.RoleGrants on person.Id equals grant.PersonId
            where person.Active && account.Email!.EndsWith(EmailEnding)
            select new { account.Email, person.DisplayName, grant.Role }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DemonstrationAccount(row.Email!, row.DisplayName, row.Role)).OrderBy(a => a.Role).ThenBy(a => a.Email.Length).ThenBy(a => a.Email, StringComparer.Ordinal)];
    }
}
