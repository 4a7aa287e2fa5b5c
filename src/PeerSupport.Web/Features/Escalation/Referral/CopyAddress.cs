namespace PeerSupport.Web.Features.Escalation.Referral;

/// <summary>Where an officer enters the code of their copy, as it stands on paper.</summary>
public static class CopyAddress
{
    /// <summary>The public page of the officer.</summary>
    public const string Path = "/my-referral";

    /// <summary>"peersupport.example.org/my-referral": what somebody types, without the scheme.</summary>
    public static string Of(IConfiguration configuration) => new Uri(configuration["PeerSupport:PublicOrigin"]!).Authority + Path;
}
