using static PeerSupport.Domain.Say;

namespace PeerSupport.Domain.Escalation;

/// <summary>Fields of the form by which a case is handed on with consent.</summary>
public enum ReferralField
{
    Clinician,
    Name,
    Reach,
    When,
    InShort,
    Language,
    FirstTalk,
    Voluntariness,
    Consent,
}

/// <summary>What is wrong with one field, in the sentence shown in the summary and beside the field.</summary>
public sealed record ReferralProblem(ReferralField Field, string Sentence);

/// <summary>The hand-off as it was filled in, with the officer's yes to each of it.</summary>
/// <param name="ClinicianId">The officer's choice.</param>
/// <param name="Facts">What they agreed to share. The department is filled in by the service where it is shared.</param>
/// <param name="ShareDepartment">Whether the department's name is shared.</param>
/// <param name="Voluntariness">Wanted, or instead of discipline.</param>
/// <param name="ConsentGiven">The officer said yes to the clinician and to each fact.</param>
/// <param name="CheckIn">The officer agreed that the peer asks again in 30 days.</param>
public sealed record ReferralForm(
    Guid? ClinicianId, AgreedFacts Facts, bool ShareDepartment, Voluntariness? Voluntariness, bool ConsentGiven, bool CheckIn)
{
    /// <summary>Everything wrong that can be known without the database. Empty when it may be handed on.</summary>
    public IReadOnlyList<ReferralProblem> Problems()
    {
        List<ReferralProblem> problems = [];
        if (ClinicianId is null)
            problems.Add(new(ReferralField.Clinician, T("Choose the clinician the officer wants", "Elija el profesional que quiere el oficial")));
        if (Facts.Name.IsEmpty)
            problems.Add(new(ReferralField.Name, T("Enter what the clinician should call the officer", "Escriba cómo debe llamar el profesional al oficial")));
        if (Facts.Reach.IsEmpty)
            problems.Add(new(ReferralField.Reach, T("Enter a phone number or another way to reach the officer", "Escriba un número de teléfono u otra forma de contactar al oficial")));
        TooLong(problems, ReferralField.Name, Facts.Name.Length, AgreedFacts.ShortMost, T("The name", "El nombre"));
        TooLong(problems, ReferralField.Reach, Facts.Reach.Length, AgreedFacts.ShortMost, T("How to reach them", "Cómo contactarle"));
        TooLong(problems, ReferralField.When, Facts.When.Length, AgreedFacts.ShortMost, T("When", "Cuándo"));
        TooLong(problems, ReferralField.InShort, Facts.InShort.Length, AgreedFacts.InShortMost, T("What it is about", "De qué se trata"));
        if (!Languages.All.ContainsKey(Facts.Language))
            problems.Add(new(ReferralField.Language, T("Choose the language the officer would like to speak", "Elija el idioma en que quiere hablar el oficial")));
        if (!Enum.IsDefined(Facts.FirstTalk))
            problems.Add(new(ReferralField.FirstTalk, T("Choose how soon they would like a first talk", "Elija cuándo quiere una primera conversación")));
        if (Voluntariness is not { } chosen || !Enum.IsDefined(chosen))
            problems.Add(new(ReferralField.Voluntariness, T("Choose whether they want this, or take it instead of discipline", "Elija si lo quiere, o si lo acepta en lugar de una medida disciplinaria")));
        if (!ConsentGiven)
            problems.Add(new(ReferralField.Consent, EscalationRefusals.ConsentNeeded.Sentence));
        return problems;
    }

    private static void TooLong(List<ReferralProblem> problems, ReferralField field, int length, int most, string what)
    {
        if (length > most)
            problems.Add(new(field, T($"{what} may have at most {most} characters. You entered {length}", $"{what} puede tener como máximo {most} caracteres. Usted escribió {length}")));
    }
}
