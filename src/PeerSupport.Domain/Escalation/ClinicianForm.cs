using PeerSupport.Domain.People;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Domain.Escalation;

/// <summary>Fields of a directory entry.</summary>
public enum ClinicianField
{
    Name,
    Licence,
    Workplace,
    Account,
    Phone,
    Email,
    Specialities,
    Languages,
    Distance,
}

/// <summary>What is wrong with one field, in the sentence shown in the summary and beside the field.</summary>
public sealed record ClinicianProblem(ClinicianField Field, string Sentence);

/// <summary>An entry of the clinician directory as it was filled in.</summary>
/// <param name="Name">As the officer and the clinician's own patients know them.</param>
/// <param name="Licence">Kind and number of the licence, with the state that gave it.</param>
/// <param name="Outside">Not employed by a department; null while not chosen.</param>
/// <param name="AgencyId">The department of one inside.</param>
/// <param name="PersonId">Their account, where they wanted one.</param>
/// <param name="Phone">Where the code of a hand-off is told.</param>
/// <param name="Email">Where the link of a hand-off is sent.</param>
/// <param name="Specialities">What they know most about.</param>
/// <param name="Languages">Codes of <see cref="Escalation.Languages"/>.</param>
/// <param name="Distance">How far away, in words.</param>
/// <param name="Telehealth">Whether they also talk by video or phone.</param>
/// <param name="Accepting">Takes new people now.</param>
/// <param name="CheckedToday">Licence and contact were checked just now.</param>
public sealed record ClinicianForm(
    string Name, string Licence, bool? Outside, Guid? AgencyId, Guid? PersonId, string Phone, string Email,
    IReadOnlyList<Speciality> Specialities, IReadOnlyList<string> Languages, Distance? Distance, bool Telehealth, bool Accepting, bool CheckedToday)
{
    /// <summary>Longest name, licence and address, in characters.</summary>
    public const int LongestText = 200;

    /// <summary>Longest phone number as people write it.</summary>
    public const int LongestPhone = Written.LongestPhone;
    private const int FewestDigits = 7;

    /// <summary>Everything wrong that can be known without the database.</summary>
    public IReadOnlyList<ClinicianProblem> Problems()
    {
        List<ClinicianProblem> problems = [];
        Text(problems, ClinicianField.Name, Name, T("Enter the clinician’s name", "Escriba el nombre del profesional"), T("The name", "El nombre"));
        Text(problems, ClinicianField.Licence, Licence, T("Enter the licence: kind, state and number", "Escriba la licencia: tipo, estado y número"), T("The licence", "La licencia"));
        if (Outside is null || (Outside == false && AgencyId is null))
            problems.Add(new(ClinicianField.Workplace, T("Choose whether they work outside the department, or for which one", "Elija si trabaja fuera del departamento, o para cuál")));
        if (!Written.IsPhone(Phone, FewestDigits))
            problems.Add(new(ClinicianField.Phone, T("Enter a phone number with area code, such as 206-555-0150", "Escriba un número de teléfono con código de área, por ejemplo 206-555-0150")));
        if (Email.Length > LongestText || !Written.IsEmail(Email))
            problems.Add(new(ClinicianField.Email, T("Enter one mail address, such as name@practice.example", "Escriba una sola dirección de correo, por ejemplo name@practice.example")));
        if (Specialities.Count == 0 || !Specialities.All(Enum.IsDefined))
            problems.Add(new(ClinicianField.Specialities, T("Choose at least one speciality", "Elija al menos una especialidad")));
        if (Languages.Count == 0 || !Languages.All(Escalation.Languages.All.ContainsKey))
            problems.Add(new(ClinicianField.Languages, T("Choose at least one language", "Elija al menos un idioma")));
        if (Distance is not { } distance || !Enum.IsDefined(distance))
            problems.Add(new(ClinicianField.Distance, T("Choose how far away they are", "Elija a qué distancia está")));
        return problems;
    }

    private static void Text(List<ClinicianProblem> problems, ClinicianField field, string text, string missing, string what)
    {
        if (text.Length == 0)
            problems.Add(new(field, missing));
        else if (text.Length > LongestText)
            problems.Add(new(field, T($"{what} may have at most {LongestText} characters. You entered {text.Length}", $"{what} puede tener como máximo {LongestText} caracteres. Usted escribió {text.Length}")));
        else if (!Written.IsPlain(text))
            problems.Add(new(field, T($"{what} has characters that cannot be seen. Type it again", $"{what} tiene caracteres que no se ven. Escríbalo otra vez")));
    }
}

/// <summary>When licence and contact of a directory entry were last checked.</summary>
public static class Verification
{
    /// <summary>Stands where nobody has checked the entry since its name, licence or contact was written.</summary>
    public static readonly DateOnly Never = new(1970, 1, 1);

    /// <summary>Whether the entry wants looking at again.</summary>
    public static bool IsDue(DateOnly lastVerified, DateOnly today) => lastVerified < today.AddDays(-DirectoryRules.VerifyEveryDays);
}

/// <summary>Every expected "no" about the clinician directory.</summary>
public static class DirectoryRefusals
{
    public static readonly Refusal PsychologistChecks = new("psychologist-checks", "Name, licence or contact is new here. A psychologist makes the first check.", "El nombre, la licencia o el contacto es nuevo aquí. Una psicóloga o un psicólogo hace la primera comprobación.");
}
