using System.Diagnostics;
using System.Text.Json.Serialization;

namespace PeerSupport.Domain.Sealing;

/// <summary>
/// Words about an officer that protect themselves: they print as "[sealed]", serialise to nothing and have no
/// public value. Only sealing code and the holder of a <see cref="RevealGrant"/> or a <see cref="RecordedRead"/> can read them.
/// </summary>
[JsonConverter(typeof(ConfidentialJsonConverter))]
[DebuggerDisplay("[sealed]")]
public sealed class Confidential
{
    private readonly string words;

    private Confidential(string words) => this.words = words;

    /// <summary>Wraps what was typed, trimmed. Null becomes empty.</summary>
    public static Confidential From(string? words) => new((words ?? "").Trim());

    /// <summary>True when nothing was typed.</summary>
    public bool IsEmpty => words.Length == 0;

    /// <summary>Length in characters, for validation.</summary>
    public int Length => words.Length;

    /// <summary>The words, for someone who has just signed in again for this one reveal.</summary>
    public string ReadWith(RevealGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return words;
    }

    /// <summary>The words, for someone whose reading stands in the track's record.</summary>
    public string ReadWith(RecordedRead read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return words;
    }

    /// <summary>For the sealing code only.</summary>
    internal string Unsealed => words;

    /// <summary>Never the words.</summary>
    public override string ToString() => "[sealed]";
}

/// <summary>Writes nothing and refuses to read: a confidential value never travels as JSON.</summary>
public sealed class ConfidentialJsonConverter : JsonConverter<Confidential>
{
    public override Confidential Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
        throw new NotSupportedException("A confidential value is never read from JSON.");

    public override void Write(System.Text.Json.Utf8JsonWriter writer, Confidential value, System.Text.Json.JsonSerializerOptions options) =>
        writer.WriteNullValue();
}

/// <summary>
/// Proof that this person has signed in again just now, for one reveal. Only the step-up use case can make one
/// (internal constructor), and it can be spent once.
/// </summary>
public sealed class RevealGrant
{
    private int spent;

    internal RevealGrant(Guid personId) => PersonId = personId;

    /// <summary>Who signed in again.</summary>
    public Guid PersonId { get; }

    /// <summary>True the first time for the person it was made for, false ever after.</summary>
    internal bool SpendBy(Guid personId) => personId == PersonId && Interlocked.Exchange(ref spent, 1) == 0;
}

/// <summary>
/// Proof that a reading of a formal track's facts was recorded and committed before anything is shown. Only the code that
/// records can make one (internal constructor).
/// </summary>
public sealed class RecordedRead
{
    internal RecordedRead(DateTimeOffset at) => At = at;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At { get; }
}
