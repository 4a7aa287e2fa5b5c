using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PeerSupport.Domain.Escalation;

/// <summary>What is wrong with a record.</summary>
/// <param name="Number">The first entry that does not fit; one past the last where entries are missing at the end.</param>
/// <param name="English">What was found.</param>
/// <param name="Spanish">The same in Spanish.</param>
public sealed record ChainFault(int Number, string English, string Spanish)
{
    /// <summary>In the reader's language.</summary>
    public string Sentence => Say.T(English, Spanish);
}

/// <summary>
/// Links the entries of a track: the mark of each is HMAC-SHA256 over the mark before it and every field, under a key
/// that is not in the database. An entry altered, removed, inserted or moved is found, and which; entries cut off at the
/// end are found by the head that the track itself carries. Whoever holds database and key can forge; whoever can put
/// back an older head together with the older entries can hide the newest.
/// </summary>
public static class TrackChain
{
    /// <summary>The mark that stands before the first entry.</summary>
    public static byte[] Start => new byte[HMACSHA256.HashSizeInBytes];

    /// <summary>The mark of an entry.</summary>
    /// <param name="key">The installation's chain key.</param>
    /// <param name="before">Mark of the entry before it, or <see cref="Start"/>.</param>
    /// <param name="entry">The entry; its own mark is not read.</param>
    public static byte[] MarkOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> before, TrackEvent entry)
    {
        Span<byte> bytes = stackalloc byte[256];
        var writer = new FieldWriter(bytes);
        writer.Bytes(before);
        writer.Id(entry.TrackId);
        writer.Number(entry.Number);
        writer.Number((int)entry.Kind);
        writer.Time(entry.At);
        writer.Number((int)entry.Party);
        writer.Id(entry.ActorId);
        writer.Id(entry.ClinicianId);
        writer.Number(entry.Day?.DayNumber);
        writer.Time(entry.AppointmentAt);
        writer.Number(entry.Corrects);
        writer.Number((int?)entry.Reason);
        writer.Number(entry.Rung);
        writer.Number((int?)entry.Basis);
        writer.Number((int?)entry.Voluntariness);
        writer.Id(entry.StewardId);
        return HMACSHA256.HashData(key, writer.Written);
    }

    /// <summary>Checks a whole record against its head. Null when nothing is wrong.</summary>
    /// <param name="key">The installation's chain key.</param>
    /// <param name="trackId">The track the entries must belong to.</param>
    /// <param name="entries">Its entries, in the order of their numbers.</param>
    /// <param name="headCount">How many entries the track says it has.</param>
    /// <param name="headMark">The last mark, as the track carries it.</param>
    public static ChainFault? Check(ReadOnlySpan<byte> key, Guid trackId, IReadOnlyList<TrackEvent> entries, int headCount, ReadOnlySpan<byte> headMark)
    {
        var before = Start;
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            if (entry.Number != index + 1)
                return new ChainFault(index + 1, $"Entry {index + 1} is missing or out of order.", $"La anotación {index + 1} falta o está fuera de orden.");
            if (entry.TrackId != trackId || !CryptographicOperations.FixedTimeEquals(entry.Mark, MarkOf(key, before, entry)))
                return new ChainFault(entry.Number, $"Entry {entry.Number} was altered, inserted or moved.", $"La anotación {entry.Number} fue alterada, insertada o movida.");
            before = entry.Mark;
        }

        if (entries.Count != headCount)
            return new ChainFault(
                Math.Min(entries.Count, headCount) + 1,
                $"The record has {entries.Count} entries, and the track says {headCount}.",
                $"El registro tiene {entries.Count} anotaciones, y el seguimiento dice {headCount}.");
        return CryptographicOperations.FixedTimeEquals(before, headMark) ? null
            : new ChainFault(entries.Count, $"The track's head does not fit entry {entries.Count}.", $"La cabecera del seguimiento no corresponde a la anotación {entries.Count}.");
    }

    /// <summary>Writes fields so that no two different entries give the same bytes: fixed widths, and a flag before what may be missing.</summary>
    private ref struct FieldWriter(Span<byte> buffer)
    {
        private readonly Span<byte> buffer = buffer;
        private int length;

        public readonly ReadOnlySpan<byte> Written => buffer[..length];

        public void Bytes(ReadOnlySpan<byte> value)
        {
            value.CopyTo(buffer[length..]);
            length += value.Length;
        }

        public void Id(Guid? value)
        {
            Flag(value.HasValue);
            value.GetValueOrDefault().TryWriteBytes(buffer[length..], bigEndian: true, out var written);
            length += written;
        }

        public void Number(int? value)
        {
            Flag(value.HasValue);
            BinaryPrimitives.WriteInt32BigEndian(buffer[length..], value.GetValueOrDefault());
            length += sizeof(int);
        }

        public void Time(DateTimeOffset? value)
        {
            Flag(value.HasValue);
            BinaryPrimitives.WriteInt64BigEndian(buffer[length..], value.GetValueOrDefault().UtcTicks);
            length += sizeof(long);
        }

        private void Flag(bool present) => buffer[length++] = present ? (byte)1 : (byte)0;
    }
}
