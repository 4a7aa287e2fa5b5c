using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>
/// Six made-up cases of different types, open for every peer and posted so long ago that their ladders stand at different
/// steps: the app catches up with them when it starts. Names are invented; 555-01xx numbers belong to nobody.
/// </summary>
internal static class DemonstrationCases
{
    public static IReadOnlyList<(string Psychologist, int MinutesAgo, CaseForm Form)> All { get; } =
    [
        ("psychologist1", 65, Case("Daniel Reyes", "206-555-0137", "Tonight until 06:00, he is on nights",
            "First on scene on Thursday, a boy the age of his own. Has not slept since.",
            103, Urgency.Tonight, new Handle(0, 0), PeerTag.SpeaksSpanish, PeerTag.OtherAgency)),
        ("psychologist1", 25, Case("Hannah Brandt", "206-555-0162", "After 15:00",
            "Moved out two weeks ago. Sleeps in the car some nights.",
            401, Urgency.Today, new Handle(1, 1), PeerTag.BeenThroughSeparation)),
        ("psychologist2", 18, Case("Owen Tillery", "206-555-0118", "Weekdays, mornings",
            "Under review since March. Feels cut off from the squad.",
            701, Urgency.NextDays, new Handle(2, 2), PeerTag.OtherAgency, PeerTag.Veteran) with { Level = NoticeLevel.Category }),
        ("psychologist2", 9, Case("Marisol Vega", "206-555-0171", "Any time",
            "Back from surgery, afraid of being benched for good.",
            603, Urgency.NextDays, new Handle(3, 3))),
        ("psychologist1", 4, Case("Peter Amundsen", "206-555-0149", "Evenings",
            "Lost his father in October. Says he is fine; his partner asked for someone.",
            301, Urgency.Today, new Handle(4, 4))),
        ("psychologist1", 0, Case("Leah Strand", "206-555-0185", "Between shifts, text first",
            "Worn out after the flood deployment. Wants to talk to somebody who has been there.",
            802, Urgency.Today, new Handle(5, 5), PeerTag.Veteran)),
    ];

    private static CaseForm Case(string name, string reach, string when, string specifics, int type, Urgency urgency, Handle handle, params PeerTag[] tags) => new(
        new OfficerIdentity(Confidential.From(name), Confidential.From(reach), Confidential.From(when), Confidential.From(specifics)),
        type, NoticeLevel.Type, urgency, tags, [], handle);
}
