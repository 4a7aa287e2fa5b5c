using System.Globalization;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Administration;

/// <summary>What the administrators' pages share: reading posted fields, and saying what was wrong.</summary>
public abstract class AdminPage : CasePage
{
    /// <summary>What is wrong with the posted form, beside its fields.</summary>
    protected IReadOnlyList<FormProblem> Problems { get; set; } = [];

    /// <summary>Why nothing was done.</summary>
    protected Refusal? Refusal { get; set; }

    /// <summary>For the summary above the page.</summary>
    protected IReadOnlyList<(string Anchor, string Sentence)> Summary => [.. Problems.Select(problem => (problem.Field, problem.Sentence))];

    /// <summary>The sentence beside one field, where the form that was posted is this one.</summary>
    protected string? ProblemOf(string field) => Problems.FirstOrDefault(problem => problem.Field == field)?.Sentence;

    /// <summary>What was posted, without spaces around it.</summary>
    protected string Typed(string field) => Posted(field).Trim();

    /// <summary>A posted id, or none.</summary>
    protected Guid? PostedId(string field) => Guid.TryParse(Posted(field), out var id) ? id : null;

    /// <summary>A posted number, or none.</summary>
    protected int? PostedNumber(string field) => int.TryParse(Posted(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A posted day, or none.</summary>
    protected DateOnly? PostedDay(string field) => DateOnly.TryParseExact(Posted(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A posted time of day, or none.</summary>
    protected TimeOnly? PostedTime(string field) => TimeOnly.TryParseExact(Posted(field), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>A role by its number, or none.</summary>
    protected static Role? RoleOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((Role)number) ? (Role)number : null;

    /// <summary>A day as a field of a form has it.</summary>
    protected static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A time of day as a field of a form has it.</summary>
    protected static string TimeOfDay(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number as a field of a form has it.</summary>
    protected static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>When, for records that are kept.</summary>
    protected string When(DateTimeOffset time) => LocalTime.Dated(time, Actor!.TimeZone, Clock.GetUtcNow());

    /// <summary>The outcome of something without fields: on to another address, or the page again with a sentence.</summary>
    protected async Task DoneAsync(Result result, string to, Func<Task> again)
    {
        Refusal = result.Refusal;
        if (result.Succeeded)
            SeeOther(to);
        else if (result.Refusal == AdministrationRefusals.NotFound)
            NothingHere();
        else
        {
            Refused();
            await again();
        }
    }

    /// <summary>The outcome of a form with fields.</summary>
    protected async Task SavedAsync(Refusal? refusal, IReadOnlyList<FormProblem> problems, string to, Func<Task> again)
    {
        if (refusal is not null)
            await DoneAsync(refusal, to, again);
        else if (problems.Count == 0)
            SeeOther(to);
        else
        {
            Problems = problems;
            Refused(StatusCodes.Status422UnprocessableEntity);
            await again();
        }
    }
}
