using System.Globalization;

namespace PeerSupport.Domain.People;

/// <summary>One row of a list of people, with its line in the file. Everything is text until it is read by <see cref="Read"/>.</summary>
public sealed record ImportedPerson(
    int Line, string Name, string Email, string Agency, string Unit, string Role, string Languages, string Tags, string TrainingDate, string TrainedUntil, string TimeZone, string Language, string Phone)
{
    /// <summary>The most rows one list may have.</summary>
    public const int MostRows = 500;

    private static readonly Dictionary<string, Role> RoleWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["peer"] = People.Role.Peer,
        ["compañero"] = People.Role.Peer,
        ["compañera"] = People.Role.Peer,
        ["compañero de apoyo"] = People.Role.Peer,
        ["compañera de apoyo"] = People.Role.Peer,
        ["psychologist"] = People.Role.Psychologist,
        ["psicóloga o psicólogo"] = People.Role.Psychologist,
        ["psicóloga"] = People.Role.Psychologist,
        ["psicólogo"] = People.Role.Psychologist,
        ["clinician"] = People.Role.Clinician,
        ["profesional clínico"] = People.Role.Clinician,
        ["profesional clínica"] = People.Role.Clinician,
        ["coordinator"] = People.Role.Coordinator,
        ["coordinador"] = People.Role.Coordinator,
        ["coordinadora"] = People.Role.Coordinator,
        ["wellness coordinator"] = People.Role.Coordinator,
        ["coordinación de bienestar"] = People.Role.Coordinator,
        ["administrator"] = People.Role.Administrator,
        ["administrador"] = People.Role.Administrator,
        ["administradora"] = People.Role.Administrator,
        ["administración"] = People.Role.Administrator,
    };

    private static readonly Dictionary<string, PeerTag> TagWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["spanish"] = PeerTag.SpeaksSpanish,
        ["speaks spanish"] = PeerTag.SpeaksSpanish,
        ["español"] = PeerTag.SpeaksSpanish,
        ["habla español"] = PeerTag.SpeaksSpanish,
        ["veteran"] = PeerTag.Veteran,
        ["veterano"] = PeerTag.Veteran,
        ["veterana"] = PeerTag.Veteran,
        ["shooting"] = PeerTag.BeenThroughShooting,
        ["tiroteo"] = PeerTag.BeenThroughShooting,
        ["separation"] = PeerTag.BeenThroughSeparation,
        ["separación"] = PeerTag.BeenThroughSeparation,
    };

    private static readonly string[] DayShapes = ["yyyy-MM-dd", "M/d/yyyy", "MM/dd/yyyy"];
    private static readonly char[] Between = [',', ';', '/', '|'];

    /// <summary>All but the phone number, which may begin with + and has a shape of its own that nothing can hide in.</summary>
    private IEnumerable<string> Cells => [Name, Email, Agency, Unit, Role, Languages, Tags, TrainingDate, TrainedUntil, TimeZone, Language];

    /// <summary>Every cell, in the order of the columns.</summary>
    public IReadOnlyList<string> InOrder => [Name, Email, Agency, Unit, Role, Languages, Tags, TrainingDate, TrainedUntil, TimeZone, Language, Phone];

    /// <summary>The word for a role that <see cref="Read"/> knows, whatever the language of whoever writes the list.</summary>
    public static string Word(Role role) => RoleWords.First(word => word.Value == role).Key;

    /// <summary>Reads the row, with everything that is wrong with it but what only the database knows.</summary>
    /// <param name="usualZone">For a row without a time zone: the agency's.</param>
    /// <param name="today">Where whoever imports is.</param>
    public (ReadPerson Person, IReadOnlyList<FormProblem> Problems) Read(string usualZone, DateOnly today)
    {
        List<FormProblem> problems = [];
        if (Cells.Any(cell => cell.TrimStart() is ['=' or '+' or '-' or '@' or '\t', ..]))
            problems.Add(Problem("A cell begins with = + - or @, which a spreadsheet would run. Remove that sign", "Una celda empieza con = + - o @, que una hoja de cálculo ejecutaría. Quite ese signo"));
        if (!InOrder.All(Written.IsPlain))
            problems.Add(Problem("A cell has characters that cannot be seen. Type it again", "Una celda tiene caracteres que no se ven. Escríbala de nuevo"));
        var form = new PersonForm(Name, Guid.Empty, Language switch { "" => "en", var code => code.ToLowerInvariant() }, TimeZone.Length == 0 ? usualZone : TimeZone, Phone);
        problems.AddRange(form.Problems());
        if (!Written.IsEmail(Email))
            problems.Add(PersonForm.BadEmail);
        Role? role = Role.Length == 0 ? null : RoleWords.TryGetValue(Role, out var known) ? known : null;
        if (Role.Length > 0 && role is null)
            problems.Add(Problem($"There is no role “{Short(Role)}”. Write peer, psychologist, clinician, coordinator or administrator", $"No existe el rol «{Short(Role)}». Escriba peer, psychologist, clinician, coordinator o administrator"));
        var languages = Words(Languages).Select(LanguageCode).ToList();
        if (languages.Contains(null))
            problems.Add(Problem("Write the languages as codes, such as en; es", "Escriba los idiomas como códigos, por ejemplo en; es"));
        var tags = Words(Tags).Select(word => TagWords.TryGetValue(word, out var tag) ? tag : (PeerTag?)null).ToList();
        if (tags.Contains(null))
            problems.Add(Problem("Write the tags as spanish, veteran, shooting or separation", "Escriba las etiquetas como spanish, veteran, shooting o separation"));
        return (new ReadPerson(form, Email, role, [.. languages.OfType<string>().Distinct(StringComparer.Ordinal)], [.. tags.OfType<PeerTag>().Distinct()], Training(problems, today)), problems);
    }

    private TrainingForm? Training(List<FormProblem> problems, DateOnly today)
    {
        if (TrainingDate.Length == 0 && TrainedUntil.Length == 0)
            return null;
        var training = new TrainingForm(Say.T("Peer support training", "Formación de apoyo entre compañeros"), Day(TrainingDate), Day(TrainedUntil), null);
        if (training.CompletedOn is null || training.ValidUntil is null)
            problems.Add(Problem("Write both days of the training, as 2027-03-31 or 3/31/2027", "Escriba los dos días de la formación, como 2027-03-31 o 3/31/2027"));
        else
            problems.AddRange(training.Problems(today));
        return training;
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, DayShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string[] Words(string cell) => cell.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? LanguageCode(string word) =>
        SpokenLanguage.All.FirstOrDefault(one => new[] { one.Code, one.English, one.Spanish }.Contains(word, StringComparer.OrdinalIgnoreCase))?.Code;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40];

    private static FormProblem Problem(string english, string spanish) => new("rows", english, spanish);
}

/// <summary>A row that was read.</summary>
/// <param name="Form">What stands about the person; the agency is filled in by whoever knows them.</param>
/// <param name="Email">What they will sign in with.</param>
/// <param name="Role">What is asked for; null for none.</param>
/// <param name="Languages">Codes.</param>
/// <param name="Tags">What a peer brings.</param>
/// <param name="Training">The training, where one stands.</param>
public sealed record ReadPerson(PersonForm Form, string Email, Role? Role, IReadOnlyList<string> Languages, IReadOnlyList<PeerTag> Tags, TrainingForm? Training);
