using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>How the notice of one case stands with one peer, by whatever ways it went. Each peer counts once.</summary>
internal sealed record PeerNotice
{
    public required Guid CaseId { get; init; }

    /// <summary>The wave in which they were to be alerted; <see cref="Waves.Anew"/> as long as it only stands on their board.</summary>
    public required short Wave { get; init; }

    /// <summary>They opened it.</summary>
    public required bool Seen { get; init; }
    public required bool Declined { get; init; }

    /// <summary>At least one alert to them left.</summary>
    public required bool Sent { get; init; }

    /// <summary>None left yet, and one still may.</summary>
    public required bool Waiting { get; init; }

    /// <summary>Every alert to them was refused for good, and they have not looked: somebody has to call.</summary>
    public required bool Failed { get; init; }
}

/// <summary>One definition of who was alerted, for the list of cases and for the page of one.</summary>
internal static class PeerNotices
{
    /// <summary>Every peer who has one of these cases on the board.</summary>
    public static IQueryable<PeerNotice> NoticesByPeer(this PeerSupportContext db, Guid[] cases) => db.Database.SqlQuery<PeerNotice>(
        $"""
        with peers as (
            select case_id, max(wave) filter (where channel = {(int)Channel.Board}) as wave,
                   bool_or(seen_at is not null) as seen, bool_or(declined_at is not null) as declined,
                   bool_or(channel <> {(int)Channel.Board} and state = {(int)DeliveryState.Sent}) as sent,
                   bool_or(channel <> {(int)Channel.Board} and state in ({(int)DeliveryState.Waiting}, {(int)DeliveryState.Sending})) as waiting,
                   bool_or(state = {(int)DeliveryState.Failed}) as failed
            from deliveries where case_id = any({cases}) group by case_id, peer_id)
        select case_id, wave, seen, declined, sent, waiting and not sent as waiting, failed and not (sent or waiting or seen) as failed
        from peers where wave is not null
        """);
}
