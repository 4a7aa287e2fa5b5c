using CsCheck;
using PeerSupport.Domain.Escalation;

namespace PeerSupport.Tests.Escalation;

/// <summary>Whatever is done to a record without the key is found: over random records and random tampering.</summary>
public sealed class TrackChainTests
{
    /// <summary>Fields that <see cref="Copy"/> can take from another entry: all but the mark.</summary>
    private const int Fields = 15;
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private static readonly Gen<DateTimeOffset> GenTime = Gen.Long[0, 4_000_000_000_000_000L].Select(micros => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond));

    private static readonly Gen<Func<Guid, int, TrackEvent>> GenEntry =
        from kind in Gen.Int[1, 20]
        from at in GenTime
        from party in Gen.Int[1, 6]
        from actor in Gen.Guid.Nullable()
        from clinician in Gen.Guid.Nullable()
        from day in Gen.Int[0, 3_000_000].Nullable()
        from opened in Gen.Select(Gen.Int[1, 4].Nullable(), Gen.Int[1, 2].Nullable(), Gen.Guid.Nullable())
        from rest in Gen.Select(GenTime.Nullable(), Gen.Int[1, 50].Nullable(), Gen.Int[1, 6].Nullable(), Gen.Int[1, 9].Nullable())
        select (Func<Guid, int, TrackEvent>)((track, number) => new TrackEvent
        {
            TrackId = track,
            Number = number,
            Kind = (TrackEventKind)kind,
            At = at,
            Party = (TrackParty)party,
            ActorId = actor,
            ClinicianId = clinician,
            Day = day is { } d ? DateOnly.FromDayNumber(d) : null,
            AppointmentAt = rest.Item1,
            Corrects = rest.Item2,
            Reason = (ReadReason?)rest.Item3,
            Rung = rest.Item4,
            Basis = (Basis?)opened.Item1,
            Voluntariness = (Voluntariness?)opened.Item2,
            StewardId = opened.Item3,
            Mark = [],
        });

    private static readonly Gen<Written> GenRecord =
        from track in Gen.Guid
        from entries in GenEntry.List[1, 12]
        select Write(track, entries);

    [Fact]
    public void A_record_nobody_touched_is_whole() => GenRecord.Sample(record => Check(record, record.Entries) is null);

    [Fact]
    public void Any_altered_field_is_found_at_its_entry() =>
        Gen.Select(GenRecord, Gen.Int[0, 11], Gen.Int[0, Fields - 1], GenEntry).Sample((record, index, field, other) =>
        {
            var at = index % record.Entries.Count;
            var was = record.Entries[at];
            var altered = Alter(was, field, other(Guid.NewGuid(), was.Number + 1));
            if (Same(was, altered))
                return true; // the dice gave the same value
            var fault = Check(record, [.. record.Entries.Take(at), altered, .. record.Entries.Skip(at + 1)]);
            return fault is not null && fault.Number == at + 1;
        });

    [Fact]
    public void Every_field_but_the_mark_can_be_altered_by_these_tests() =>
        typeof(TrackEvent).GetProperties().Length.ShouldBe(Fields + 1, "a field nobody alters is a field nobody checks");

    [Fact]
    public void A_mark_with_any_bit_flipped_is_found() =>
        Gen.Select(GenRecord, Gen.Int[0, 11], Gen.Int[0, 255]).Sample((record, index, bit) =>
        {
            var at = index % record.Entries.Count;
            var mark = record.Entries[at].Mark.ToArray();
            mark[bit / 8] ^= (byte)(1 << (bit % 8));
            return Check(record, [.. record.Entries.Take(at), record.Entries[at].Marked(mark), .. record.Entries.Skip(at + 1)])?.Number == at + 1;
        });

    [Fact]
    public void A_removed_entry_is_found_where_it_stood_also_the_last() =>
        Gen.Select(GenRecord, Gen.Int[0, 11]).Sample((record, index) =>
        {
            var at = index % record.Entries.Count;
            return Check(record, [.. record.Entries.Take(at), .. record.Entries.Skip(at + 1)])?.Number == at + 1;
        });

    [Fact]
    public void A_removed_entry_whose_place_is_closed_up_is_found() =>
        Gen.Select(GenRecord.Where(record => record.Entries.Count > 1), Gen.Int[0, 11]).Sample((record, index) =>
        {
            var at = index % (record.Entries.Count - 1);
            var closedUp = record.Entries.Take(at).Concat(record.Entries.Skip(at + 1).Select(entry => Renumbered(entry, entry.Number - 1))).ToList();
            return Check(record, closedUp)?.Number == at + 1;
        });

    [Fact]
    public void Two_entries_that_changed_places_are_found() =>
        Gen.Select(GenRecord.Where(record => record.Entries.Count > 1), Gen.Int[0, 11], Gen.Int[1, 11]).Sample((record, index, by) =>
        {
            var one = index % record.Entries.Count;
            var two = (one + 1 + by % (record.Entries.Count - 1)) % record.Entries.Count;
            var moved = record.Entries.ToList();
            (moved[one], moved[two]) = (Renumbered(record.Entries[two], one + 1), Renumbered(record.Entries[one], two + 1));
            return Check(record, moved)?.Number == Math.Min(one, two) + 1;
        });

    [Fact]
    public void An_inserted_entry_is_found_even_with_the_mark_of_its_neighbour() =>
        Gen.Select(GenRecord, Gen.Int[0, 12], GenEntry).Sample((record, index, other) =>
        {
            var at = index % (record.Entries.Count + 1);
            var forged = other(record.Track, at + 1).Marked(record.Entries[Math.Max(0, at - 1)].Mark);
            var inserted = record.Entries.Take(at).Append(forged).Concat(record.Entries.Skip(at).Select(entry => Renumbered(entry, entry.Number + 1))).ToList();
            return Check(record, inserted)?.Number == at + 1;
        });

    [Fact]
    public void The_record_of_another_track_does_not_fit() =>
        Gen.Select(GenRecord, Gen.Guid).Sample((record, other) =>
            TrackChain.Check(Key, other, record.Entries, record.Entries.Count, record.Entries[^1].Mark)?.Number == 1);

    [Fact]
    public void Marks_made_with_another_key_do_not_fit() =>
        GenRecord.Sample(record => TrackChain.Check(new byte[32], record.Track, record.Entries, record.Entries.Count, record.Entries[^1].Mark)?.Number == 1);

    private static Written Write(Guid track, IEnumerable<Func<Guid, int, TrackEvent>> entries)
    {
        var (written, before) = (new List<TrackEvent>(), TrackChain.Start);
        foreach (var make in entries)
        {
            var entry = make(track, written.Count + 1);
            written.Add(entry.Marked(TrackChain.MarkOf(Key, before, entry)));
            before = written[^1].Mark;
        }

        return new Written(track, written);
    }

    private static ChainFault? Check(Written record, IReadOnlyList<TrackEvent> entries) =>
        TrackChain.Check(Key, record.Track, entries, record.Entries.Count, record.Entries[^1].Mark);

    private static TrackEvent Renumbered(TrackEvent entry, int number) => Copy(entry, 1, entry, number);

    private static TrackEvent Alter(TrackEvent entry, int field, TrackEvent other) => Copy(entry, field, other, other.Number);

    /// <summary>A copy of which one field comes from another entry, its mark kept.</summary>
    private static TrackEvent Copy(TrackEvent entry, int field, TrackEvent other, int number) => new()
    {
        TrackId = field == 0 ? other.TrackId : entry.TrackId,
        Number = field == 1 ? number : entry.Number,
        Kind = field == 2 ? other.Kind : entry.Kind,
        At = field == 3 ? other.At : entry.At,
        Party = field == 4 ? other.Party : entry.Party,
        ActorId = field == 5 ? other.ActorId : entry.ActorId,
        ClinicianId = field == 6 ? other.ClinicianId : entry.ClinicianId,
        Day = field == 7 ? other.Day : entry.Day,
        AppointmentAt = field == 8 ? other.AppointmentAt : entry.AppointmentAt,
        Corrects = field == 9 ? other.Corrects : entry.Corrects,
        Reason = field == 10 ? other.Reason : entry.Reason,
        Rung = field == 11 ? other.Rung : entry.Rung,
        Basis = field == 12 ? other.Basis : entry.Basis,
        Voluntariness = field == 13 ? other.Voluntariness : entry.Voluntariness,
        StewardId = field == 14 ? other.StewardId : entry.StewardId,
        Mark = entry.Mark,
    };

    private static bool Same(TrackEvent one, TrackEvent two) =>
        (one.TrackId, one.Number, one.Kind, one.At, one.Party, one.ActorId, one.ClinicianId) == (two.TrackId, two.Number, two.Kind, two.At, two.Party, two.ActorId, two.ClinicianId)
        && (one.Day, one.AppointmentAt, one.Corrects, one.Reason, one.Rung) == (two.Day, two.AppointmentAt, two.Corrects, two.Reason, two.Rung)
        && (one.Basis, one.Voluntariness, one.StewardId) == (two.Basis, two.Voluntariness, two.StewardId);

    private sealed record Written(Guid Track, IReadOnlyList<TrackEvent> Entries);
}
