using PeerSupport.Domain.People;

namespace PeerSupport.Domain.Escalation;

/// <summary>Whom an alarm goes to, wider with each rung.</summary>
public enum DangerRung
{
    /// <summary>The psychologists on call for the agency.</summary>
    OnCall = 1,

    /// <summary>Every psychologist of the agency.</summary>
    Agency = 2,

    /// <summary>Every psychologist of the region.</summary>
    Region = 3,
}

/// <summary>A psychologist who can be alarmed: never the one who raised it.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="SameAgency">Works for the agency of the alarm.</param>
/// <param name="OnCall">Is on call for that agency.</param>
public sealed record Alarmable(Guid PersonId, bool SameAgency, bool OnCall);

/// <summary>The ladder of an alarm: it grows until somebody has it. Where there is nobody at all, whoever raised it is told so.</summary>
public static class DangerRules
{
    /// <summary>How long an answered alarm is kept: long enough to find the number again.</summary>
    public static readonly TimeSpan KeptAfterAnswer = TimeSpan.FromDays(1);

    /// <summary>The rung an alarm has reached.</summary>
    /// <param name="since">Time since it was raised.</param>
    /// <param name="agencyAfter">From then on the whole agency.</param>
    /// <param name="regionAfter">From then on the whole region.</param>
    public static DangerRung RungAfter(TimeSpan since, TimeSpan agencyAfter, TimeSpan regionAfter) =>
        since >= regionAfter ? DangerRung.Region : since >= agencyAfter ? DangerRung.Agency : DangerRung.OnCall;

    /// <summary>Who hears it on this rung. Where nobody stands on it, the next one that has somebody; empty where no rung has.</summary>
    public static IReadOnlyList<Guid> Audience(DangerRung rung, IReadOnlyCollection<Alarmable> psychologists)
    {
        for (var at = rung; at <= DangerRung.Region; at++)
        {
            var heard = psychologists.Where(one => Stands(one, at)).Select(one => one.PersonId).ToList();
            if (heard.Count > 0)
                return heard;
        }

        return [];
    }

    private static bool Stands(Alarmable one, DangerRung rung) => rung switch
    {
        DangerRung.OnCall => one is { SameAgency: true, OnCall: true },
        DangerRung.Agency => one.SameAgency,
        DangerRung.Region => true,
        _ => false,
    };
}

/// <summary>The number under which a psychologist on call can be reached.</summary>
public static class OnCallRules
{
    /// <summary>Longest number, in characters.</summary>
    public const int PhoneMost = Written.LongestPhone;
    private const int FewestDigits = 7;
    private const int MostDigits = 15;

    /// <summary>A phone number without an extension: it becomes a link to call.</summary>
    public static bool IsPhone(string phone) =>
        Written.IsPhone(phone, FewestDigits) && !phone.Any(char.IsAsciiLetter) && phone.Count(char.IsAsciiDigit) <= MostDigits;
}

/// <summary>Every expected "no" about alarms and being on call.</summary>
public static class DangerRefusals
{
    public static readonly Refusal NotFound = new("alarm-not-found", "There is nothing here for you.", "Aquí no hay nada para usted.");
    public static readonly Refusal AnsweredAlready = new("alarm-answered", "Another psychologist has it already. Thank you.", "Otra psicóloga u otro psicólogo ya lo tiene. Gracias.");
    public static readonly Refusal NeedsPhone = new("on-call-phone", "Enter the number under which you can be reached now, with 7 to 15 digits", "Escriba el número en el que se le puede llamar ahora, de 7 a 15 dígitos");
}
