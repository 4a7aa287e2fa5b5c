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
        ConfigureWaysIn(builder);
    }

    private static void ConfigureWaysIn(ModelBuilder builder)
    {
        builder.Entity<Session>().Property(s => s.Device).HasMaxLength(60);
        builder.Entity<Invitation>(invitation =>
        {
            invitation.ToTable("invitations");
            invitation.Property(i => i.Id).ValueGeneratedNever();
            invitation.HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Approval>(approval =>
        {
            approval.ToTable("approvals", table => table.HasCheckConstraint("ck_approvals_second_person", "decided_by is null or decided_by <> requested_by"));
            approval.Property(a => a.Id).ValueGeneratedNever();
            approval.Property(a => a.Email).HasMaxLength(256);
            approval.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<RecoveryCode>(code =>
        {
            code.ToTable("recovery_codes");
            code.Property(c => c.Id).ValueGeneratedNever();
            code.HasIndex(c => new { c.PersonId, c.CodeHash }).IsUnique();
            code.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<KnownDevice>(device =>
        {
            device.ToTable("known_devices");
            device.Property(d => d.Id).ValueGeneratedNever();
            device.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SecurityEntry>(entry =>
        {
            entry.ToTable("security_log");
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.HasIndex(e => new { e.PersonId, e.At });
            entry.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
