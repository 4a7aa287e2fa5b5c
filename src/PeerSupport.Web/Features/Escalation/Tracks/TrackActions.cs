using System.Globalization;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.Web.Features.Escalation.Tracks;

/// <summary>What became of a posted form.</summary>
/// <param name="Then">Where to go after it was done.</param>
/// <param name="Ask">What to ask before it is done.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Field">The field that was wrong.</param>
public sealed record TrackAnswer(string? Then = null, string? Ask = null, Refusal? Refusal = null, string? Field = null);

/// <summary>The forms of a track's page, turned into use cases. Decides nothing: each use case refuses what is not offered.</summary>
public sealed class TrackActions(TakeStep steps, TrackEntries entries, HandOffLinks links, TimeProvider clock)
{
    /// <summary>Names of the forms.</summary>
    public static readonly IReadOnlyList<string> Handlers = ["answer", "record", "appointment", "correct", "withdraw", "hold", "link"];

    /// <summary>Before the name of a happening: it stands in the place of an entry that was wrong.</summary>
    public const string AgainPrefix = "again-";

    /// <summary>Does what a form asks.</summary>
    /// <param name="handler">One of <see cref="Handlers"/>.</param>
    /// <param name="actor">Who posted it.</param>
    /// <param name="trackId">The track.</param>
    /// <param name="posted">The fields.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<TrackAnswer> TakeAsync(string handler, Actor actor, Guid trackId, Func<string, string> posted, CancellationToken cancellationToken) => handler switch
    {
        "answer" => AnswerAsync(actor, trackId, posted("answer"), cancellationToken),
        "record" => RecordAsync(actor, trackId, posted, cancellationToken),
        "appointment" => AppointmentAsync(actor, trackId, posted, cancellationToken),
        "correct" => CorrectAsync(actor, trackId, posted("entry"), cancellationToken),
        "withdraw" => WithdrawAsync(actor, trackId, posted("sure"), cancellationToken),
        "hold" => DoneAsync(entries.HoldAsync(actor, trackId, posted("hold") == "on", cancellationToken), $"/tracks/{trackId}?recorded=1"),
        "link" => DoneAsync(links.RenewAsync(actor, trackId, cancellationToken), $"/tracks/{trackId}?linked=1"),
        _ => throw new ArgumentOutOfRangeException(nameof(handler)),
    };

    private Task<TrackAnswer> AnswerAsync(Actor actor, Guid trackId, string answer, CancellationToken cancellationToken) => answer switch
    {
        "acknowledge" => DoneAsync(steps.TakeAsync(actor, trackId, TrackStep.Acknowledge, new StepDetails(), cancellationToken), $"/tracks/{trackId}?acknowledged=1"),
        "decline" => DoneAsync(steps.TakeAsync(actor, trackId, TrackStep.Decline, new StepDetails(), cancellationToken), "/tracks?declined=1"),
        _ => Task.FromResult(new TrackAnswer(Refusal: EscalationRefusals.StepNotAllowed)),
    };

    private async Task<TrackAnswer> RecordAsync(Actor actor, Guid trackId, Func<string, string> posted, CancellationToken cancellationToken)
    {
        var again = posted("what").StartsWith(AgainPrefix, StringComparison.Ordinal);
        if (!Enum.TryParse<Happening>(posted("what").AsSpan(again ? AgainPrefix.Length : 0), out var what) || !Enum.IsDefined(what))
            return new TrackAnswer(Refusal: EscalationRefusals.StepNotAllowed);
        var day = Day(posted("on"));
        var endsIt = !again && Happenings.EndsIt(what);
        if (endsIt && posted("sure") != "yes")
            return new TrackAnswer(Ask: what.ToString());
        if (day is null && !(endsIt && posted("on").Length == 0))
            return new TrackAnswer(Refusal: EscalationRefusals.ChooseDay, Field: "on");
        var recording = again ? entries.AgainAsync(actor, trackId, Happenings.Kind(what), day, cancellationToken)
            : Happenings.Step(what) is { } step
            ? steps.TakeAsync(actor, trackId, step, new StepDetails(day), cancellationToken)
            : entries.AppointmentAsync(actor, trackId, what == Happening.Kept, day, cancellationToken);
        var done = await DoneAsync(recording, $"/tracks/{trackId}?recorded=1");
        return done.Refusal == EscalationRefusals.ChooseDay ? done with { Field = "on" } : done;
    }

    private async Task<TrackAnswer> AppointmentAsync(Actor actor, Guid trackId, Func<string, string> posted, CancellationToken cancellationToken)
    {
        var at = Moment(posted("next-on"), posted("next-at"), actor.TimeZone);
        var done = at is null || at <= clock.GetUtcNow()
            ? new TrackAnswer(Refusal: EscalationRefusals.ChooseAppointment)
            : await DoneAsync(entries.SetAppointmentAsync(actor, trackId, at, cancellationToken), $"/tracks/{trackId}?recorded=1");
        return done.Refusal == EscalationRefusals.ChooseAppointment ? done with { Field = "next-on" } : done;
    }

    private async Task<TrackAnswer> CorrectAsync(Actor actor, Guid trackId, string entry, CancellationToken cancellationToken)
    {
        int? number = int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        var done = await DoneAsync(entries.CorrectAsync(actor, trackId, number, cancellationToken), $"/tracks/{trackId}?recorded=1");
        return done.Refusal == EscalationRefusals.NothingToCorrect ? done with { Field = "entry" } : done;
    }

    private Task<TrackAnswer> WithdrawAsync(Actor actor, Guid trackId, string sure, CancellationToken cancellationToken) => sure == "yes"
        ? DoneAsync(steps.TakeAsync(actor, trackId, TrackStep.WithdrawConsent, new StepDetails(), cancellationToken), $"/tracks/{trackId}?withdrawn=1")
        : Task.FromResult(new TrackAnswer(Ask: "withdraw"));

    private static async Task<TrackAnswer> DoneAsync(Task<Result> doing, string then) =>
        await doing is { Refusal: { } refusal } ? new TrackAnswer(Refusal: refusal) : new TrackAnswer(Then: then);

    private static DateOnly? Day(string posted) => DateOnly.TryParseExact(posted, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Day and time as typed in the reader's zone; null for what is none, and for an hour that a change of clocks skips.</summary>
    internal static DateTimeOffset? Moment(string day, string time, TimeZoneInfo zone)
    {
        if (Day(day) is not { } date || !TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clockTime))
            return null;
        var local = date.ToDateTime(clockTime);
        return zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
