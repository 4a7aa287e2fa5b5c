using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>Registers accounts, sign-in and the keys of cookies.</summary>
internal static class SignInRegistration
{
    /// <summary>What a passkey belongs to and where it may be used comes from PeerSupport:PublicOrigin, never from a request.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var keyDirectory = configuration["PeerSupport:KeyDirectory"] ?? throw new InvalidOperationException("PeerSupport:KeyDirectory is not set.");
        services.AddDataProtection()
            .SetApplicationName("PeerSupport")
            .PersistKeysToDbContext<PeerSupportContext>()
            .ProtectKeysWithCertificate(SignInCertificate.LoadOrCreate(keyDirectory));

        services.AddIdentityCore<Account>(options =>
        {
            // Whichever context is used first builds the model for all, so every one must find this.
            IdentitySetup.Schema(options);
            IdentitySetup.Passwords(options.Password);
            options.User.RequireUniqueEmail = true;
        }).AddEntityFrameworkStores<PeerSupportContext>();
        services.Configure<PasswordHasherOptions>(IdentitySetup.Hashing);
        services.Configure<IdentityPasskeyOptions>(options => IdentitySetup.Passkeys(options, configuration["PeerSupport:PublicOrigin"]));
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();

        services.AddSingleton<AuthenticatorSecrets>();
        services.AddSingleton(provider => new PasswordCheck(
            new PasswordHasher<Account>(provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<PasswordHasherOptions>>()),
            provider.GetRequiredService<AuthenticatorSecrets>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<PasskeyCheck>();
        services.AddSingleton(provider => new SignIn(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<PasswordCheck>(),
            provider.GetRequiredService<PasskeyCheck>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StepUp(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<PasswordCheck>(), provider.GetRequiredService<PasskeyCheck>()));
        services.AddSingleton<FactorChange>();
        services.AddSingleton(provider => new PasskeyFactors(provider.GetRequiredService<FactorChange>(), provider.GetRequiredService<PasskeyChallenges>()));
        services.AddSingleton(provider => new AuthenticatorFactor(provider.GetRequiredService<FactorChange>(), provider.GetRequiredService<AuthenticatorSecrets>()));
        services.AddSingleton(provider => new DemonstrationAccounts(
            provider.GetRequiredService<IServiceScopeFactory>(), configuration.GetValue<bool>("PeerSupport:Demonstration")));
        return services;
    }
}
