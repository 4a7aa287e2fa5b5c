namespace PeerSupport.Services.Sealing;

/// <summary>Where a rewrap has come to: after which row, how many did not open, and whether there may be more.</summary>
internal readonly record struct RewrapPosition(Guid After, int Broken, bool More);

/// <summary>A table that holds wrapped keys, and the two statements the rotation needs of it.</summary>
internal sealed record WrappedKeys(string Select, string Update)
{
    /// <summary>Rows in one transaction: few enough that nobody waits for them.</summary>
    public const int Batch = 200;

    /// <summary>Keys of open and held cases.</summary>
    public static readonly WrappedKeys OfCases = new(
        "select case_id as owner, case_id as subject, key_epoch, wrapped_key from sealed_identities where key_epoch < {0} and case_id > {1} order by case_id limit {2} for update skip locked",
        "update sealed_identities set key_epoch = {0}, wrapped_key = {1} where case_id = {2}");

    /// <summary>Keys of drafts.</summary>
    public static readonly WrappedKeys OfDrafts = new(
        "select psychologist_id as owner, draft_id as subject, key_epoch, wrapped_key from case_drafts where key_epoch < {0} and psychologist_id > {1} order by psychologist_id limit {2} for update skip locked",
        "update case_drafts set key_epoch = {0}, wrapped_key = {1} where psychologist_id = {2}");

    /// <summary>Keys of formal tracks.</summary>
    public static readonly WrappedKeys OfTracks = new(
        "select track_id as owner, track_id as subject, key_epoch, wrapped_key from track_facts where key_epoch < {0} and track_id > {1} order by track_id limit {2} for update skip locked",
        "update track_facts set key_epoch = {0}, wrapped_key = {1} where track_id = {2}");

    public static readonly IReadOnlyList<WrappedKeys> All = [OfCases, OfDrafts, OfTracks];
}
