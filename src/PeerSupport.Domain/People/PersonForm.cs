namespace PeerSupport.Domain.People;

/// <summary>What an administrator fills in about a person.</summary>
/// <param name="Name">As colleagues know them.</param>
/// <param name="AgencyId">Where they work; null while not chosen.</param>
/// <param name="Language">"en" or "es".</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Phone">Number to call them back, or nothing.</param>
public sealed record PersonForm(string Name, Guid? AgencyId, string Language, string TimeZone, string Phone)
{
    /// <summary>Everything wrong that can be known without the database.</summary>
    public IReadOnlyList<FormProblem> Problems()
    {
        List<FormProblem> problems = [];
        if (!Written.IsName(Name))
            problems.Add(new("name", "Enter the name as colleagues know it, up to 200 characters", "Escriba el nombre con el que lo conocen sus colegas, de 200 caracteres como máximo"));
        if (AgencyId is null)
            problems.Add(AgencyMissing);
        if (Language is not ("en" or "es"))
            problems.Add(new("language", "Choose the language: English or Spanish", "Elija el idioma: inglés o español"));
        if (!Written.IsTimeZone(TimeZone))
            problems.Add(new("zone", "Choose the time zone, such as America/Los_Angeles", "Elija la zona horaria, por ejemplo America/Los_Angeles"));
        if (Phone.Length > 0 && !Written.IsPhone(Phone))
            problems.Add(new("phone", "Enter a phone number such as 206-555-0150, or leave it empty", "Escriba un número como 206-555-0150 o déjelo vacío"));
        return problems;
    }

    /// <summary>No agency, or one that is not there.</summary>
    public static readonly FormProblem AgencyMissing = new("agency", "Choose the agency", "Elija la agencia");

    /// <summary>Not one address.</summary>
    public static readonly FormProblem BadEmail = new("email", "Enter one mail address, such as name@agency.example", "Escriba una dirección de correo, por ejemplo nombre@agencia.example");

    /// <summary>An address that somebody signs in with already.</summary>
    public static readonly FormProblem EmailTaken = new("email", "Somebody here has this mail address already", "Alguien aquí ya tiene esta dirección de correo");
}

/// <summary>A training as it is entered.</summary>
/// <param name="Name">Such as "Peer support, 40 h".</param>
/// <param name="CompletedOn">Day; null while not entered.</param>
/// <param name="ValidUntil">Last day on which it counts.</param>
/// <param name="Hours">Where they count.</param>
public sealed record TrainingForm(string Name, DateOnly? CompletedOn, DateOnly? ValidUntil, int? Hours)
{
    private static readonly DateOnly Earliest = new(1970, 1, 1);

    /// <summary>Nobody's training counts for longer; a mistyped year is found here, and not when somebody untrained is alerted.</summary>
    private const int MostYears = 5;

    /// <summary>Nothing of it was filled in.</summary>
    public bool IsEmpty => Name.Length == 0 && CompletedOn is null && ValidUntil is null && Hours is null;

    /// <summary>Everything wrong with it.</summary>
    /// <param name="today">Where whoever enters it is.</param>
    public IReadOnlyList<FormProblem> Problems(DateOnly today)
    {
        List<FormProblem> problems = [];
        if (!Written.IsName(Name))
            problems.Add(new("training", "Say which training it was, such as “Peer support, 40 h”", "Diga qué formación fue, por ejemplo «Apoyo entre compañeros, 40 h»"));
        if (CompletedOn is not { } completed || completed < Earliest || completed > today)
            problems.Add(new("completed", "Enter the day on which the training ended. It cannot be in the future", "Escriba el día en que terminó la formación. No puede estar en el futuro"));
        if (ValidUntil is not { } until || until < (CompletedOn ?? Earliest) || until > today.AddYears(MostYears))
            problems.Add(new("valid", "Enter the last day on which it counts: after the training, and within 5 years", "Escriba el último día en que vale: después de la formación y dentro de 5 años"));
        if (Hours is < 1 or > 1000)
            problems.Add(new("hours", "Enter the hours as a number from 1 to 1000, or leave them out", "Escriba las horas como un número de 1 a 1000 o déjelas vacías"));
        return problems;
    }
}

/// <summary>Rules about peers that an administrator's entries follow.</summary>
public static class PeerRules
{
    /// <summary>Cases a new peer may hold at once.</summary>
    public const int UsualCaseload = 2;

    /// <summary>The most anybody may hold at once: peers burn out.</summary>
    public const int MostCaseload = 5;

    /// <summary>The newest end among the trainings; without any the day before, so that nothing is offered.</summary>
    public static DateOnly TrainedUntil(IEnumerable<DateOnly> ends, DateOnly today) => ends.DefaultIfEmpty(today.AddDays(-1)).Max();
}
