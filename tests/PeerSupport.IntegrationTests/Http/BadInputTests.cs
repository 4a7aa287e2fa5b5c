using System.Net;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.Http;

/// <summary>What people and machines send by mistake: a clear sentence each, and nothing typed is lost.</summary>
public sealed class BadInputTests(WebFixture web) : IClassFixture<WebFixture>
{
    [Fact]
    public async Task An_empty_form_names_each_problem_beside_its_field_and_keeps_the_rest()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var form = await psychologist.GetAsync("/cases/new");
        var answer = await psychologist.PressAsync(form, "Post to peers", [new("spec", "kept words"), new("type", "")]);
        ((int)answer.Status).ShouldBeInRange(200, 422);
        answer.Document.Title!.ShouldStartWith("Problem:");
        answer.Text.ShouldContain("There is a problem");
        foreach (var sentence in new[] { "Enter the officer’s name", "Enter a phone number or another way to reach the officer", "Choose the situation", "Choose how soon a peer should reach out" })
            answer.Document.QuerySelectorAll("a,.err").Count(element => element.TextContent.Contains(sentence, StringComparison.Ordinal)).ShouldBe(2, sentence);
        foreach (var link in answer.Document.QuerySelectorAll(".problem a"))
            answer.Document.GetElementById(link.GetAttribute("href")!.Split('#')[1]).ShouldNotBeNull(link.TextContent);
        answer.Html.ShouldContain("kept words");
    }

    [Theory]
    [InlineData("type", "999999")]
    [InlineData("type", "not a number")]
    [InlineData("urgency", "Yesterday")]
    [InlineData("level", "77")]
    [InlineData("tags", "999")]
    [InlineData("handle", "9999.9999")]
    [InlineData("name", "\0\u202e\u200b<script>alert(1)</script>")]
    public async Task Codes_that_are_on_no_list_and_odd_characters_never_break_the_page(string field, string value)
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var form = await psychologist.GetAsync("/cases/new");
        var answer = await psychologist.PressAsync(form, "Post to peers",
            [.. form.FirstChoices("Post to peers").Where(choice => choice.Key != field), .. new KeyValuePair<string, string>[] { new("name", "A Name"), new("reach", "206-555-0100"), new("type", "103") }.Where(f => f.Key != field), new(field, value)]);
        ((int)answer.Status).ShouldBeLessThan(500, answer.Text);
        answer.Html.ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task Oversize_words_are_refused_with_a_sentence_and_kept()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var form = await psychologist.GetAsync("/cases/new");
        var long1 = new string('x', 2001);
        var answer = await psychologist.PressAsync(form, "Post to peers",
            [.. form.FirstChoices("Post to peers"), new("name", "A Name"), new("reach", "206-555-0100"), new("spec", long1), new("type", "103")]);
        answer.Text.ShouldContain("at most 2000 characters");
        answer.Html.ShouldContain(long1);

        var huge = await psychologist.PressAsync(form, "Post to peers", [new("spec", new string('x', 1_000_000))]);
        huge.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        huge.Html.ShouldContain("tel:988");
    }

    [Fact]
    public async Task A_form_that_was_open_too_long_is_given_back_with_everything_in_it()
    {
        using var psychologist = await web.App.SignedInAsync("psychologist1");
        var form = await psychologist.GetAsync("/cases/new");
        var token = form.Document.QuerySelector("form input[name*=RequestVerificationToken]")!.GetAttribute("name")!;
        var answer = await psychologist.PressAsync(form, "Post to peers",
            [.. form.FirstChoices("Post to peers"), new("name", "Kept Name"), new("reach", "206-555-0100"), new("type", "103"), new(token, "expired")]);
        answer.Location.ShouldBeNull();
        answer.Html.ShouldContain("Kept Name");
        answer.Text.ShouldContain("open too long");
        (await psychologist.PressAsync(answer, "Post to peers")).Status.ShouldBe(HttpStatusCode.SeeOther, "once more, and it is posted");
    }
}
