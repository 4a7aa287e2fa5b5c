using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>What the peers do, by the dice.</summary>
public sealed partial class NightTests
{
    /// <summary>What this peer will do with the alert.</summary>
    private void Plan(NightPeer peer, NightCase one, DateTimeOffset now)
    {
        if (dice.Next(100) is var roll && roll < 30)
            plans.Add((now.AddMinutes(dice.Next(0, 20)), peer, one, Accepts: roll < 4));
    }

    private async Task AnswerAsync()
    {
        var now = app.Clock.GetUtcNow();
        foreach (var plan in plans.Where(plan => plan.At <= now).ToList())
        {
            plans.Remove(plan);
            if (!plan.Case.IsOpen)
                continue;
            if (!plan.Accepts)
            {
                if ((await app.Get<PeerBoards>().DeclineAsync(NightWorld.ActorOf(plan.Peer), plan.Case.Id, Token)).Succeeded)
                    plan.Case.SaidNo.Add(plan.Peer.Id);
                continue;
            }

            var taken = await app.Get<AcceptCase>().AcceptAsync(NightWorld.ActorOf(plan.Peer), plan.Case.Id, Token);
            taken.Succeeded.ShouldBe(plan.Peer.CanTake(now), taken.Refusal?.Code);
            if (taken.Succeeded)
                (plan.Case.TakenAt, _) = (now, plan.Peer.Holds.Add(plan.Case.Id));
        }

        foreach (var peer in world.Peers.Values.Where(peer => peer.Holds.Count > 0).ToList())
            foreach (var id in peer.Holds.ToList())
                if (dice.Next(40) == 0)
                    await LetGoAsync(peer, world.Cases[id], now);
    }

    /// <summary>Half of them are closed, the others come back to the board.</summary>
    private async Task LetGoAsync(NightPeer peer, NightCase one, DateTimeOffset now)
    {
        if (dice.Next(2) == 0)
        {
            (await app.Get<CloseCase>().CloseAsync(NightWorld.ActorOf(peer), one.Id, CaseOutcome.Supported, Token)).Refusal.ShouldBeNull();
            one.Over = true;
            if (now - one.TakenAt < TimeSpan.FromMinutes(5))
                peer.HandBacks.Add(now); // closed so soon, it counts as a look
        }
        else
        {
            (await app.Get<HandBack>().HandBackAsync(NightWorld.ActorOf(peer), one.Id, Token)).Refusal.ShouldBeNull();
            peer.HandBacks.Add(now);
            one.KeptAway.Add(peer.Id);
            (one.TakenAt, one.ToldAt, one.Since) = (null, null, now);
        }

        peer.Holds.Remove(one.Id);
    }

    private async Task ChangeDutyAsync()
    {
        var peer = world.Peers.Values.ElementAt(dice.Next(world.Peers.Count));
        peer.OnDuty = !peer.OnDuty;
        await using var command = database.CreateCommand("update peers set on_duty = $2 where person_id = $1");
        command.Parameters.AddWithValue(peer.Id);
        command.Parameters.AddWithValue(peer.OnDuty);
        await command.ExecuteNonQueryAsync(Token);
    }
}
