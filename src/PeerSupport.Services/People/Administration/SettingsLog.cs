using System.Globalization;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>Writes the settings log, in the transaction of the change it tells of.</summary>
internal static class SettingsLog
{
    /// <summary>Adds a line with the parts that differ, and none where nothing differs; the caller saves it with the rest.</summary>
    /// <param name="db">Of the change.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="now">When.</param>
    /// <param name="what">Kind, agency and name of what is changed.</param>
    /// <param name="before">What it said; null where it is new.</param>
    /// <param name="after">What it says from now on; null where it is removed.</param>
    public static void Changed(this PeerSupportContext db, Actor actor, DateTimeOffset now, ChangedSetting what, IReadOnlyList<SettingLine>? before, IReadOnlyList<SettingLine>? after)
    {
        if (before is not null && after is not null)
            (before, after) = ([.. before.Except(after)], [.. after.Except(before)]);
        if (before is null or [] && after is null or [])
            return;
        db.SettingsLog.Add(new SettingEntry
        {
            Id = Guid.NewGuid(),
            At = now,
            ActorId = actor.PersonId,
            AgencyId = what.AgencyId,
            Kind = what.Kind,
            Subject = what.Name,
            Before = before is null ? null : SettingLine.Write(before),
            After = after is null ? null : SettingLine.Write(after),
        });
    }
}

/// <summary>What is changed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AgencyId">Whose; null where it is everybody's.</param>
/// <param name="Name">As it is called until now.</param>
internal sealed record ChangedSetting(SettingKind Kind, Guid? AgencyId, string Name);

/// <summary>Settings as lines that can be compared and read. No person stands in them, and nothing of a case.</summary>
internal static class SettingLines
{
    public static IReadOnlyList<SettingLine> OfAgency(string name, string region, string timeZone, bool sharesPeers) =>
        [new(SettingPart.Name, name), new(SettingPart.Region, region), new(SettingPart.TimeZone, timeZone), new(SettingPart.SharesPeers, YesNo(sharesPeers))];

    public static IReadOnlyList<SettingLine> OfRegion(string name) => [new(SettingPart.Name, name)];

    public static IReadOnlyList<SettingLine> OfUnit(string name, string? parent) => [new(SettingPart.Name, name), new(SettingPart.StandsUnder, parent ?? "")];

    public static IReadOnlyList<SettingLine> Of(AlertPlan plan) =>
    [
        new(SettingPart.GroupAfter, Number(plan.GroupAfter)), new(SettingPart.RegionAfter, Number(plan.RegionAfter)), new(SettingPart.TellAfter, Number(plan.TellAfter)),
        new(SettingPart.NightGroupAfter, Number(plan.NightGroupAfter)), new(SettingPart.NightRegionAfter, Number(plan.NightRegionAfter)), new(SettingPart.NightTellAfter, Number(plan.NightTellAfter)),
        new(SettingPart.NightFrom, Time(plan.NightFrom)), new(SettingPart.NightUntil, Time(plan.NightUntil)),
    ];

    public static IReadOnlyList<SettingLine> Of(CrisisLineEntry line) =>
    [
        new(SettingPart.Label, line.Label), new(SettingPart.Tel, line.Tel), new(SettingPart.English, line.English), new(SettingPart.Spanish, line.Spanish),
        new(SettingPart.Position, Number(line.Position)), new(SettingPart.LastVerified, line.LastVerified?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
    ];

    public static IReadOnlyList<SettingLine> OfDisclaimer(int version) => [new(SettingPart.Version, Number(version))];

    public static IReadOnlyList<SettingLine> Of(SituationCategory category) => Names(category.English, category.Spanish);

    public static IReadOnlyList<SettingLine> Of(SituationType type) => [.. Names(type.English, type.Spanish), new(SettingPart.Offered, YesNo(!type.Retired))];

    /// <summary>A name in each language, as a subject has them.</summary>
    public static string InBoth(string english, string spanish) => $"{english}\n{spanish}";

    private static SettingLine[] Names(string english, string spanish) => [new(SettingPart.English, english), new(SettingPart.Spanish, spanish)];

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
