using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.Web.Features.Escalation.HandOn;

/// <summary>What became of an alarm, in words: on the page and for the script that looks again.</summary>
public static class AlarmWords
{
    /// <summary>"Alerted 02:14. Not answered yet." or "Dr. N. Okafor answered 02:16."</summary>
    public static string Of(RaisedAlarm alarm, Func<DateTimeOffset, string> time) => alarm is { AnsweredBy: { } name, AnsweredAt: { } at }
        ? $"{name} answered {time(at)}, and calls you."
        : alarm.Heard ? $"Alerted {time(alarm.RaisedAt)}. Not answered yet."
        : $"Tried {time(alarm.RaisedAt)}: the alert has reached nobody. Call.";

    /// <summary>What the officer said, as the end of "They told me they are …".</summary>
    public static string Of(Basis basis) => basis switch
    {
        Basis.Suicidal => "suicidal",
        Basis.Homicidal => "homicidal",
        Basis.CommittingCrimes => "committing crimes",
        _ => "",
    };
}
