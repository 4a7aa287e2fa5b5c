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

        services.AddSingleton(new SignInRules(configuration.GetValue<bool>("PeerSupport:Demonstration")));
        services.AddSingleton<InvitationTokens>();
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<AuthenticatorSecrets>();
        services.AddSingleton<RecoveryCodeStore>();
        services.AddSingleton<CodeTries>();
        services.AddSingleton<CodeCheck>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<SourceThrottle>();
        services.AddSingleton<SessionStart>();
        services.AddSingleton(s => new PasswordCheck(
            new PasswordHasher<Account>(s.GetRequiredService<Microsoft.Extensions.Options.IOptions<PasswordHasherOptions>>()), s.GetRequiredService<CodeCheck>(),
            s.GetRequiredService<KnownDevices>(), s.GetRequiredService<SourceThrottle>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<PasskeyCheck>();
        services.AddSingleton<FactorChange>();
        AddUseCases(services);
        services.AddSingleton(provider => new DemonstrationAccounts(
            provider.GetRequiredService<IServiceScopeFactory>(), configuration.GetValue<bool>("PeerSupport:Demonstration")));
        return services;
    }

    private static void AddUseCases(IServiceCollection services)
    {
        services.AddSingleton(s => new SignIn(
            s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<PasswordCheck>(), s.GetRequiredService<PasskeyCheck>(),
            s.GetRequiredService<SessionStart>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ProviderSignIn(s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<SessionStart>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new Enrolment(
            s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<InvitationTokens>(), s.GetRequiredService<PasskeyChallenges>(), s.GetRequiredService<AuthenticatorSecrets>(),
            s.GetRequiredService<RecoveryCodeStore>(), s.GetRequiredService<SessionStart>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new StepUp(
            s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<PasswordCheck>(), s.GetRequiredService<PasskeyCheck>(),
            s.GetRequiredService<FactorChange>(), s.GetRequiredService<SignInRules>()));
        services.AddSingleton(s => new SecondFactor(s.GetRequiredService<FactorChange>()));
        services.AddSingleton(s => new PasskeyFactors(s.GetRequiredService<FactorChange>(), s.GetRequiredService<PasskeyChallenges>()));
        services.AddSingleton(s => new AuthenticatorFactor(s.GetRequiredService<FactorChange>(), s.GetRequiredService<AuthenticatorSecrets>()));
        services.AddSingleton(s => new RecoveryCodes(s.GetRequiredService<FactorChange>(), s.GetRequiredService<RecoveryCodeStore>()));
        services.AddSingleton(s => new OwnPassword(s.GetRequiredService<FactorChange>(), s.GetRequiredService<PasswordCheck>()));
        services.AddSingleton(s => new OwnSessions(s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new OwnSecurityLog(s.GetRequiredService<IServiceScopeFactory>()));
    }
}
