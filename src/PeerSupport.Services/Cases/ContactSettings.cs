using Microsoft.Extensions.Configuration;
using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Cases;

/// <summary>From how many contacts in how many days on a peer is shown why and how to hand on.</summary>
public sealed class ContactSettings(int handOnFrom, int windowDays)
{
    /// <summary>So many contacts, and handing on is suggested.</summary>
    public int HandOnFrom { get; } = handOnFrom;

    /// <summary>Within so many days.</summary>
    public int WindowDays { get; } = windowDays;

    /// <summary>Reads PeerSupport:HandOnFrom and PeerSupport:HandOnWindowDays.</summary>
    /// <exception cref="InvalidOperationException">A number is out of its bounds.</exception>
    public static ContactSettings Read(IConfiguration configuration) => new(
        Number(configuration, "PeerSupport:HandOnFrom", ContactRules.HandOnFrom, 2, 10),
        Number(configuration, "PeerSupport:HandOnWindowDays", ContactRules.WindowDays, 7, 90));

    internal static int Number(IConfiguration configuration, string name, int usual, int least, int most) =>
        configuration.GetValue(name, usual) is var number && number >= least && number <= most
            ? number
            : throw new InvalidOperationException($"{name} must lie between {least} and {most}.");
}

/// <summary>How often a peer may hand back before accepting has to wait.</summary>
public static class HandBackSettings
{
    /// <summary>Reads PeerSupport:HandBacks:Most and PeerSupport:HandBacks:Hours.</summary>
    /// <exception cref="InvalidOperationException">A number is out of its bounds.</exception>
    public static HandBackLimit Read(IConfiguration configuration) => new(
        ContactSettings.Number(configuration, "PeerSupport:HandBacks:Most", HandBackLimit.Usual.Most, 1, 20),
        TimeSpan.FromHours(ContactSettings.Number(configuration, "PeerSupport:HandBacks:Hours", (int)HandBackLimit.Usual.Within.TotalHours, 1, 168)));
}
