using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>Everybody presses Accept on the notice page at the same moment.</summary>
public sealed class AcceptRaceTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task S09_Of_twelve_who_press_accept_at_once_one_wins_and_the_others_read_that_another_peer_has_it()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        await web.App.SqlAsync("update people set language = 'en'"); // one of the twelve reads Spanish; the buttons pressed here are English
        var peers = new List<PageClient>();
        foreach (var n in Enumerable.Range(1, 12))
            peers.Add(await web.App.SignedInAsync($"peer{n}"));
        for (var round = 1; round <= 5; round++)
        {
            var id = await web.App.GivenPostedCaseAsync(psychologist);
            var notices = new List<Page>();
            foreach (var peer in peers)
                notices.Add(await peer.GetAsync($"/notices/{id}"));

            var answers = await Task.WhenAll(peers.Zip(notices, (peer, notice) => peer.PressAsync(notice, "Accept")));

            answers.Count(answer => answer.Status == HttpStatusCode.SeeOther).ShouldBe(1, $"round {round}");
            var winner = Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.SeeOther);
            foreach (var lost in answers.Where((_, index) => index != winner))
            {
                lost.Status.ShouldBe(HttpStatusCode.Conflict);
                lost.Document.QuerySelector("main")!.TextContent.ShouldContain("Another peer has this. Thank you.");
            }

            (await peers[winner].GetAsync($"/my-case/{id}")).Status.ShouldBe(HttpStatusCode.OK);
            await web.App.GivenTalkAsync(id);
            (await peers[winner].CloseAsync(id)).Location.ShouldNotBeNull();
        }

        peers.ForEach(peer => peer.Dispose());
    }
}
