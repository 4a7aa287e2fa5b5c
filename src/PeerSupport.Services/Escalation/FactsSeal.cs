using System.Text.Json;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>Seals and opens what an officer agreed to share: one ciphertext, bound to the track.</summary>
internal static class FactsSeal
{
    private const string Field = "facts";

    public static TrackFacts Seal(CaseSealer sealer, Guid trackId, AgreedFacts facts)
    {
        using var key = sealer.NewKey(trackId);
        var words = new Words(
            facts.Name.Unsealed, facts.Reach.Unsealed, facts.When.Unsealed, facts.InShort.Unsealed, facts.Department.Unsealed, facts.Language, facts.FirstTalk);
        return new TrackFacts
        {
            TrackId = trackId,
            KeyEpoch = key.Wrapped.Epoch,
            WrappedKey = key.Wrapped.Bytes,
            Content = key.Seal(Field, Confidential.From(JsonSerializer.Serialize(words))),
        };
    }

    /// <exception cref="SealBrokenException">Altered, moved, or its epoch's key is destroyed.</exception>
    public static AgreedFacts Open(CaseSealer sealer, TrackFacts facts)
    {
        using var key = sealer.Unwrap(facts.TrackId, new WrappedKey(facts.KeyEpoch, facts.WrappedKey));
        var words = JsonSerializer.Deserialize<Words>(key.Open(Field, facts.Content).Unsealed) ?? throw new SealBrokenException();
        return new AgreedFacts(
            Confidential.From(words.Name), Confidential.From(words.Reach), Confidential.From(words.When), Confidential.From(words.InShort),
            Confidential.From(words.Department), words.Language, words.FirstTalk);
    }

    private sealed record Words(string Name, string Reach, string When, string InShort, string Department, string Language, FirstTalk FirstTalk)
    {
        public override string ToString() => "[sealed]";
    }
}
