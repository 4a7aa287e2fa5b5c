using Microsoft.Extensions.Configuration;

namespace PeerSupport.Services.Escalation;

/// <summary>Times of hand-offs, alarms and check-ins. An installation may change them; the defaults are these.</summary>
/// <param name="ChaseAfter">After this, a clinician who has not answered is reminded.</param>
/// <param name="StewardAfter">After this, and then every <paramref name="ChaseEvery"/>, the psychologist is told that nobody has answered.</param>
/// <param name="ChaseEvery">How often the psychologist is told again.</param>
/// <param name="ChooseWithin">After an exception or a decline: how soon the psychologist is reminded to choose a clinician.</param>
/// <param name="AlertEvery">How often an unanswered alarm is sent again.</param>
/// <param name="AlertAgencyAfter">From then on to every psychologist of the agency.</param>
/// <param name="AlertRegionAfter">From then on to every psychologist of the region.</param>
/// <param name="CheckInDays">Days after which a peer asks again, where the officer agreed.</param>
public sealed record EscalationSettings(
    TimeSpan ChaseAfter, TimeSpan StewardAfter, TimeSpan ChaseEvery, TimeSpan ChooseWithin,
    TimeSpan AlertEvery, TimeSpan AlertAgencyAfter, TimeSpan AlertRegionAfter, int CheckInDays)
{
    /// <summary>Reads PeerSupport:HandOff:…, each a time span such as "1.00:00:00", but for CheckInDays.</summary>
    /// <exception cref="InvalidOperationException">A time is not positive.</exception>
    public static EscalationSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PeerSupport:HandOff");
        var days = section.GetValue(nameof(CheckInDays), 30);
        return new EscalationSettings(
            Time(nameof(ChaseAfter), TimeSpan.FromHours(24)), Time(nameof(StewardAfter), TimeSpan.FromHours(48)), Time(nameof(ChaseEvery), TimeSpan.FromHours(24)),
            Time(nameof(ChooseWithin), TimeSpan.FromHours(1)), Time(nameof(AlertEvery), TimeSpan.FromMinutes(2)),
            Time(nameof(AlertAgencyAfter), TimeSpan.FromMinutes(5)), Time(nameof(AlertRegionAfter), TimeSpan.FromMinutes(15)),
            days is >= 7 and <= 90 ? days : throw new InvalidOperationException("PeerSupport:HandOff:CheckInDays must lie between 7 and 90."));

        TimeSpan Time(string name, TimeSpan usual) =>
            section.GetValue(name, usual) is var time && time > TimeSpan.Zero ? time : throw new InvalidOperationException($"PeerSupport:HandOff:{name} must be a positive time.");
    }
}
