namespace PeerSupport.Services.Escalation;

/// <summary>What the danger page tells whoever opened it: whom to call, and what became of their alarm.</summary>
/// <param name="OnCall">Who is on call for the agency of the case.</param>
/// <param name="Others">There is a psychologist in the region, beside the reader, whom an alarm can go to.</param>
/// <param name="Alarm">Their own alarm; null while they raised none.</param>
public sealed record DangerStanding(IReadOnlyList<OnCallNumber> OnCall, bool Others, RaisedAlarm? Alarm);

/// <summary>A psychologist on call, for peers and psychologists of the region.</summary>
public sealed record OnCallNumber(string Name, string Phone);

/// <summary>An alarm as the one who raised it sees it.</summary>
/// <param name="RaisedAt">When.</param>
/// <param name="Heard">At least one mail about it went out, or is on its way; false where it reaches nobody.</param>
/// <param name="AnsweredBy">The psychologist who has it; null while nobody has.</param>
/// <param name="AnsweredAt">Since when.</param>
public sealed record RaisedAlarm(DateTimeOffset RaisedAt, bool Heard, string? AnsweredBy, DateTimeOffset? AnsweredAt);

/// <summary>An alarm as psychologists see it. It knows nothing of a case: who answers calls the one who raised it.</summary>
/// <param name="AlarmId">Random id.</param>
/// <param name="RaisedBy">The name of the one who raised it.</param>
/// <param name="Phone">To call them; null where no number is known.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="AnsweredBy">Who has it; null while nobody has.</param>
/// <param name="AnsweredAt">Since when.</param>
/// <param name="Mine">The reader has it.</param>
public sealed record AlarmRow(
    Guid AlarmId, string RaisedBy, string? Phone, DateTimeOffset RaisedAt, string? AnsweredBy, DateTimeOffset? AnsweredAt, bool Mine);

/// <summary>The page of a psychologist about being on call.</summary>
/// <param name="Mine">Her own entry; null while she is not on call.</param>
/// <param name="Others">Who else is on call in her agency.</param>
/// <param name="KnownPhone">The number she is known by, to begin with.</param>
public sealed record OnCallBoard(OnCallRow? Mine, IReadOnlyList<OnCallRow> Others, string? KnownPhone);

/// <summary>One psychologist on call, for the psychologists of the agency.</summary>
public sealed record OnCallRow(string Name, string Phone, DateTimeOffset Since);
