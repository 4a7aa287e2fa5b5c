using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;

namespace PeerSupport.Web.Features.Cases.Posting;

/// <summary>
/// The posting form as it stands on the page: what was typed, so that nothing is ever typed twice. Lives for one
/// request, on static pages only; no interactive component may hold it.
/// </summary>
public sealed class FilledForm
{
    public string Name { get; init; } = "";
    public string Reach { get; init; } = "";
    public string When { get; init; } = "";
    public string Specifics { get; init; } = "";
    public int? Type { get; init; }
    public NoticeLevel? Level { get; init; } = NoticeLevel.Type;
    public Urgency? Urgency { get; init; }
    public IReadOnlyList<PeerTag> Tags { get; init; } = [];
    public IReadOnlyList<Guid> KeptAway { get; init; } = [];

    /// <summary>Words under "Who must not get it" that name no one peer. They stop the post: nobody is overlooked.</summary>
    public string KeptAwayWords { get; init; } = "";
    public Handle Handle { get; init; } = Handle.Random();

    /// <summary>Drawn with the form; the case it becomes has this id, so that sending it twice posts it once.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The <see cref="Rarity.Mark"/> of the warning this form has shown; empty for none.</summary>
    public string Warned { get; init; } = "";

    /// <summary>Whether the page saves itself as the draft. Not while an older, unopened draft is kept.</summary>
    public bool SavesDraft { get; init; } = true;

    /// <summary>As posted. Codes that are none are left out and then asked for again.</summary>
    public static FilledForm Of(IFormCollection form, IReadOnlyList<PickablePeer> peers)
    {
        var (kept, words) = KeptAwayOf(form["not"], peers);
        return new()
        {
            Name = form["name"].ToString(),
            Reach = form["reach"].ToString(),
            When = form["when"].ToString(),
            Specifics = form["spec"].ToString(),
            Type = int.TryParse(form["type"], NumberStyles.None, CultureInfo.InvariantCulture, out var type) ? type : null,
            Level = Code<NoticeLevel>(form["level"].ToString()),
            Urgency = Code<Urgency>(form["urgency"].ToString()),
            Tags = [.. form["tags"].Select(Code<PeerTag>).OfType<PeerTag>().Distinct()],
            KeptAway = kept,
            KeptAwayWords = words,
            Handle = Handle.FromNumbers(form["handle"]) ?? Handle.Random(),
            Id = Guid.TryParse(form["once"], out var id) && id != Guid.Empty ? id : Guid.NewGuid(),
            Warned = form["warned"].ToString(),
            SavesDraft = form["draft"] != "off",
        };
    }

    /// <summary>As kept in the draft of a psychologist who has just signed in again.</summary>
    public static FilledForm Of(CaseForm draft, RevealGrant grant) => new()
    {
        Name = draft.Officer.Name.ReadWith(grant),
        Reach = draft.Officer.Reach.ReadWith(grant),
        When = draft.Officer.When.ReadWith(grant),
        Specifics = draft.Officer.Specifics.ReadWith(grant),
        Type = draft.SituationTypeId,
        Level = draft.Level,
        Urgency = draft.Urgency,
        Tags = draft.WantedTags,
        KeptAway = draft.KeptAway,
        Handle = draft.Handle ?? Handle.Random(),
    };

    /// <summary>For the use cases.</summary>
    public CaseForm AsForm() => new(
        new OfficerIdentity(Confidential.From(Name), Confidential.From(Reach), Confidential.From(When), Confidential.From(Specifics)),
        Type, Level, Urgency, Tags, KeptAway, Handle, Id);

    /// <summary>Everything that can be told without the database.</summary>
    public IReadOnlyList<FieldProblem> Problems() => KeptAwayWords.Length == 0
        ? AsForm().Problems()
        : [.. AsForm().Problems(), new(CaseField.KeptAway, "Pick each peer who must not get it from the list", "Elija en la lista a cada compañero que no debe recibirlo")];

    /// <summary>Never the words.</summary>
    public override string ToString() => "[sealed]";

    /// <summary>A name as the list shows it, or as much of it as only one peer has.</summary>
    public static PickablePeer? Find(string words, IReadOnlyList<PickablePeer> peers)
    {
        var exact = peers.Where(peer => Label(peer).Equals(words, StringComparison.OrdinalIgnoreCase)
            || peer.DisplayName.Equals(words, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        if (exact.Count == 0)
            exact = [.. peers.Where(peer => Label(peer).Contains(words, StringComparison.OrdinalIgnoreCase)).Take(2)];
        return exact is [var one] ? one : null;
    }

    /// <summary>A peer in the list: name and agency.</summary>
    public static string Label(PickablePeer peer) => $"{peer.DisplayName}, {peer.AgencyName}";

    private static (IReadOnlyList<Guid> Kept, string Words) KeptAwayOf(StringValues posted, IReadOnlyList<PickablePeer> peers)
    {
        List<Guid> kept = [];
        List<string> unknown = [];
        foreach (var value in posted.Select(value => value?.Trim() ?? "").Where(value => value.Length > 0))
        {
            if (Guid.TryParse(value, out var id))
                kept.Add(id);
            else if (Find(value, peers) is { } peer)
                kept.Add(peer.PersonId);
            else
                unknown.Add(value);
        }

        return ([.. kept.Distinct()], string.Join(", ", unknown));
    }

    private static T? Code<T>(string? posted) where T : struct, Enum =>
        Enum.TryParse<T>(posted, ignoreCase: true, out var code) && Enum.IsDefined(code) ? code : null;
}
