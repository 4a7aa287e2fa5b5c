using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;

namespace PeerSupport.Services.Persistence;

/// <summary>Tables of ASP.NET Core Identity, sessions and cookie keys.</summary>
internal static class IdentityModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Account>().ToTable("accounts");
        builder.Entity<Account>().HasOne<Person>().WithOne().HasForeignKey<Account>(account => account.Id);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("account_passkeys");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");

        builder.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasIndex(s => s.PersonId);
            session.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        });
        builder.Entity<PasskeyChallenge>(challenge =>
        {
            challenge.ToTable("passkey_challenges");
            challenge.Property(c => c.Purpose).HasMaxLength(20);
            challenge.HasIndex(c => c.ExpiresAt);
        });
    }
}
