using PeerSupport.Domain.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>
/// Made-up units of both agencies, who belongs where, and what peers bring. Nobody has quiet hours or a break: every journey
/// finds all of them, at any hour.
/// </summary>
internal static class DemonstrationUnits
{
    private static readonly Guid Chief = Unit(1), Patrol = Unit(2), North = Unit(3), South = Unit(4), Investigations = Unit(5), Sheriff = Unit(11), Road = Unit(12), Jail = Unit(13);

    private static readonly Dictionary<string, (Guid Unit, string[] Speaks)> Where = new(StringComparer.Ordinal)
    {
        ["peer1"] = (North, ["en", "es"]),
        ["peer2"] = (North, ["en"]),
        ["peer3"] = (South, ["en", "fr"]),
        ["peer4"] = (South, ["en"]),
        ["peer5"] = (Patrol, ["en"]),
        ["peer6"] = (Investigations, ["en", "es"]),
        ["peer7"] = (Investigations, ["en", "ru"]),
        ["peer8"] = (Road, ["en", "vi"]),
        ["peer9"] = (Road, ["en"]),
        ["peer10"] = (Jail, ["en"]),
        ["peer11"] = (Jail, ["en", "es"]),
        ["peer12"] = (Sheriff, ["en"]),
    };

    /// <summary>Adds the units.</summary>
    public static void AddUnits(PeerSupportContext context) => context.Units.AddRange(
        New(Chief, DemonstrationPeople.HarlanBay, null, "Office of the Chief"),
        New(Patrol, DemonstrationPeople.HarlanBay, Chief, "Patrol"),
        New(North, DemonstrationPeople.HarlanBay, Patrol, "Patrol North"),
        New(South, DemonstrationPeople.HarlanBay, Patrol, "Patrol South"),
        New(Investigations, DemonstrationPeople.HarlanBay, Chief, "Investigations"),
        New(Sheriff, DemonstrationPeople.CedarCounty, null, "Office of the Sheriff"),
        New(Road, DemonstrationPeople.CedarCounty, Sheriff, "Road Patrol"),
        New(Jail, DemonstrationPeople.CedarCounty, Sheriff, "Jail"));

    /// <summary>The peer of a made-up person, with the trainings that the administrator recorded.</summary>
    public static void AddPeer(PeerSupportContext context, DemonstrationPerson person)
    {
        var trainedUntil = new DateOnly(2099, 12, 31);
        var (unit, speaks) = Where[person.Login];
        context.Peers.Add(new Peer { PersonId = person.Id, TrainedUntil = trainedUntil, Tags = person.Tags ?? [], UnitId = unit, SpokenLanguages = speaks, CaseloadMost = 3 });
        context.TrainingRecords.AddRange(
            Training(person, "Peer support, first course", new DateOnly(2024, 3, 15), new DateOnly(2026, 3, 15), 40),
            Training(person, "Peer support, refresher", new DateOnly(2026, 2, 20), trainedUntil, 8));
    }

    private static TrainingRecord Training(DemonstrationPerson person, string name, DateOnly completed, DateOnly validUntil, int hours) => new()
    {
        Id = Guid.NewGuid(),
        PersonId = person.Id,
        Name = name,
        CompletedOn = completed,
        ValidUntil = validUntil,
        Hours = hours,
        RecordedBy = DemonstrationPeople.All.First(one => one.Role == Role.Administrator).Id,
        RecordedAt = new DateTimeOffset(completed.AddDays(3).ToDateTime(new TimeOnly(17, 0)), TimeSpan.Zero),
    };

    private static Unit New(Guid id, Guid agency, Guid? parent, string name) => new() { Id = id, AgencyId = agency, ParentId = parent, Name = name };

    private static Guid Unit(int number) => new($"d2000000-0000-4000-8000-{number:D12}");
}
