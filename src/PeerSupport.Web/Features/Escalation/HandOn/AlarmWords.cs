using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.HandOn;

/// <summary>What became of an alarm, in words: on the page and for the script that looks again.</summary>
public static class AlarmWords
{
    /// <summary>"Alerted 02:14. Not answered yet." or "Dr. N. Okafor answered 02:16."</summary>
    public static string Of(RaisedAlarm alarm, Func<DateTimeOffset, string> time) => alarm is { AnsweredBy: { } name, AnsweredAt: { } at }
        ? T($"{name} answered {time(at)}, and calls you.", $"{name} respondió ({time(at)}) y le llama.")
        : alarm.Heard ? T($"Alerted {time(alarm.RaisedAt)}. Not answered yet.", $"Alerta enviada: {time(alarm.RaisedAt)}. Aún sin respuesta.")
        : T($"Tried {time(alarm.RaisedAt)}: the alert has reached nobody. Call.", $"Intento: {time(alarm.RaisedAt)}. La alerta no ha llegado a nadie. Llame.");

    /// <summary>What the officer said, as the end of "They told me they are …" and of "Me dijo que …". Present tense in both.</summary>
    public static string Of(Basis basis) => basis switch
    {
        Basis.Suicidal => T("suicidal", "tiene pensamientos suicidas"),
        Basis.Homicidal => T("homicidal", "tiene pensamientos homicidas"),
        Basis.CommittingCrimes => T("committing crimes", "está cometiendo delitos"),
        _ => "",
    };
}
