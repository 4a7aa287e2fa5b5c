using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>The rows by which a case reaches peers: one for each peer and channel.</summary>
internal static class NoticeRows
{
    /// <summary>A row as it begins: on a board it stands at once, everything else is still to be sent.</summary>
    public static Delivery DeliveryTo(this SupportCase supportCase, Guid peerId, Channel channel, DateTimeOffset now, short wave = Waves.Anew) => new()
    {
        Id = Guid.NewGuid(),
        CaseId = supportCase.Id,
        PeerId = peerId,
        PostedBy = supportCase.PsychologistId,
        Channel = channel,
        State = channel == Channel.Board ? DeliveryState.Sent : DeliveryState.Waiting,
        SentAt = channel == Channel.Board ? now : null,
        HandleFirst = supportCase.HandleFirst,
        HandleSecond = supportCase.HandleSecond,
        Wave = wave,
        DueAt = now,
    };

    /// <summary>
    /// Writes new rows of one case, made by <see cref="DeliveryTo"/>, in one statement: a region's two hundred rows, each
    /// with a statement of its own, are most of the time a post takes. The case must be in the database.
    /// </summary>
    public static async Task AddNoticesAsync(this PeerSupportContext db, IReadOnlyList<Delivery> rows, CancellationToken cancellationToken)
    {
        if (rows is not [var any, ..])
            return;
        Guid[] ids = [.. rows.Select(row => row.Id)], peers = [.. rows.Select(row => row.PeerId)];
        int[] channels = [.. rows.Select(row => (int)row.Channel)], states = [.. rows.Select(row => (int)row.State)];
        DateTimeOffset?[] sent = [.. rows.Select(row => row.SentAt)];
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into deliveries (id, case_id, peer_id, posted_by, channel, state, sent_at, handle_first, handle_second, round, wave, attempts, due_at)
            select way.id, {any.CaseId}, way.peer_id, {any.PostedBy}, way.channel, way.state, way.sent_at, {any.HandleFirst}, {any.HandleSecond}, {any.Round}, {any.Wave}, {any.Attempts}, {any.DueAt}
            from unnest({ids}, {peers}, {channels}, {states}, {sent}) as way (id, peer_id, channel, state, sent_at)
            """, cancellationToken);
    }
}
