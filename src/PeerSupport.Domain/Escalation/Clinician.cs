namespace PeerSupport.Domain.Escalation;

/// <summary>
/// A licensed professional in the region's directory. Outside ones come first wherever clinicians are listed: most
/// officers prefer a therapist outside the department.
/// </summary>
public sealed class Clinician
{
    public required Guid Id { get; init; }
    public required Guid RegionId { get; init; }

    /// <summary>The department they work for; null for one outside.</summary>
    public Guid? AgencyId { get; set; }

    /// <summary>Their account, where they wanted one; null for those who get a link and a code for each hand-off.</summary>
    public Guid? PersonId { get; set; }
    public required string Name { get; set; }

    /// <summary>Kind and number of the licence, with the state that gave it.</summary>
    public required string Licence { get; set; }
    public required string Phone { get; set; }
    public required string Email { get; set; }
    public Speciality[] Specialities { get; set; } = [];

    /// <summary>Codes of <see cref="Escalation.Languages"/>.</summary>
    public string[] Languages { get; set; } = [];
    public Distance Distance { get; set; } = Distance.HalfAnHour;
    public bool Telehealth { get; set; }

    /// <summary>Takes new people now.</summary>
    public bool Accepting { get; set; } = true;

    /// <summary>Day on which somebody last checked all of this.</summary>
    public DateOnly LastVerified { get; set; }

    /// <summary>False takes them out of every choice; their tracks stay.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Not employed by a department.</summary>
    public bool IsOutside => AgencyId is null;
}

/// <summary>What a clinician knows most about.</summary>
public enum Speciality
{
    FirstResponders = 1,
    Trauma = 2,
    Grief = 3,
    AlcoholAndSubstances = 4,
    FamilyAndCouples = 5,
    DepressionAndAnxiety = 6,
    SuicidePrevention = 7,
    Sleep = 8,
    ChronicPainAndInjury = 9,
    StressAndBurnout = 10,
}

/// <summary>How far the practice is from the department, in words: an officer should not need a map, or be seen on one.</summary>
public enum Distance
{
    WithinAQuarter = 1,
    HalfAnHour = 2,
    AnHour = 3,
    Farther = 4,
    TelehealthOnly = 5,
}

/// <summary>When a directory entry wants looking at again.</summary>
public static class DirectoryRules
{
    /// <summary>Days after which an entry is shown as "not verified lately".</summary>
    public const int VerifyEveryDays = 180;
}
