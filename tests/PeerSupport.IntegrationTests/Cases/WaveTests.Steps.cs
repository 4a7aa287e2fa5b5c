using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>What is done in these tests, and what is read.</summary>
public sealed partial class WaveTests
{
    private static Guid Id(int n) => TestPeople.Ids[$"peer{n}"];

    private Task<Guid> Post(string? keptAway = null)
    {
        var form = keptAway is null ? TestApp.Form() : TestApp.Form(keptAway: keptAway);
        return app.GivenOpenCase(form: form with { WantedTags = [PeerTag.Veteran], Urgency = Urgency.Today });
    }

    private async Task<IReadOnlyList<CaseNotice>> Board(int n) => (await app.Get<PeerBoards>().ReadAsync(await app.As($"peer{n}"), 1, Token)).Value.Open;

    private async Task Accept(int n, Guid id) => (await app.Get<AcceptCase>().AcceptAsync(await app.As($"peer{n}"), id, Token)).Refusal.ShouldBeNull();

    private async Task HandBack(int n, Guid id) => (await app.Get<HandBack>().HandBackAsync(await app.As($"peer{n}"), id, Token)).Refusal.ShouldBeNull();

    /// <summary>Time passes, what is due is done, and what there is to mail is mailed.</summary>
    private async Task After(int minutes)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
    }

    /// <summary>Exactly these peers were mailed so far, each once.</summary>
    private async Task Mailed(params int[] peers)
    {
        await mail.SendWhatIsDue();
        mail.Received.SelectMany(received => received.To).Where(to => to.StartsWith("peer", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(peers.Select(n => $"peer{n}@test.example").Order(StringComparer.Ordinal));
    }

    private async Task<int> MailTo(string name)
    {
        await mail.SendWhatIsDue();
        return mail.Received.Count(received => received.IsTo($"{name}@test.example"));
    }
}
