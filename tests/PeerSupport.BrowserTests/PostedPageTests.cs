using Microsoft.Playwright;
using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;
using static Microsoft.Playwright.Assertions;

namespace PeerSupport.BrowserTests;

/// <summary>The pages that have no address of their own, reached as people reach them: axe finds nothing, light and dark, phone and desk.</summary>
public sealed class PostedPageTests(BrowserFixture browser) : IAsyncLifetime
{
    private static readonly HashSet<string> Answered = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync() => await browser.NobodyHoldsAnythingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handing_on_with_consent_the_link_and_the_officers_own_way(bool dark)
    {
        var id = await browser.App.GivenHeldCaseAsync("peer8");
        var peer = await browser.SignedInAsync("peer8", phone: !dark, dark: dark);
        await peer.GotoAsync($"/hand-on/{id}/consent");
        await PressAsync(peer, "Go through it once more");
        await Expect(peer.GetByRole(AriaRole.Alert).GetByText("There is a problem")).ToBeVisibleAsync();
        await peer.IsSoundAsync("consent, with problems");
        await peer.GetByRole(AriaRole.Radio, new() { Name = "Grace Lindholm" }).CheckAsync();
        await peer.GetByLabel("What to call them").FillAsync("Marisol Vann");
        await peer.GetByLabel("How to reach them").FillAsync("206-555-0164");
        await peer.GetByLabel("This week").CheckAsync();
        await peer.GetByLabel("They take it in lieu of discipline").CheckAsync();
        await peer.GetByLabel("The officer said yes").CheckAsync();
        await PressAsync(peer, "Go through it once more");
        await SeesAsync(peer, "Hand this on?");
        await Expect(peer.GetByRole(AriaRole.Region, new() { Name = "Exactly this is shared" }).GetByText("In lieu of discipline")).ToBeVisibleAsync();
        await peer.IsSoundAsync("consent, review");
        await PressAsync(peer, "Hand on");
        await SeesAsync(peer, "Now make it warm");
        await peer.IsSoundAsync("handed over");
        var digits = await peer.Locator("section .code").First.InnerTextAsync();
        var printed = await peer.Locator("article .code").InnerTextAsync();
        await peer.Context.CloseAsync();

        await AnswerByLinkAsync(digits, dark);
        await TakeBackAsync(printed, dark);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_and_what_the_psychologist_does_next(bool dark)
    {
        var id = await browser.App.GivenHeldCaseAsync("peer9");
        var peer = await browser.SignedInAsync("peer9", phone: !dark, dark: dark);
        await peer.GotoAsync($"/hand-on/{id}/danger");
        await PressAsync(peer, "Alert the psychologist");
        await Expect(peer.GetByText("Not answered yet")).ToBeVisibleAsync();
        await peer.IsSoundAsync("danger, alerted");
        await PressAsync(peer, "Continue");
        await peer.IsSoundAsync("danger, nothing chosen");
        await peer.GetByRole(AriaRole.Radio, new() { Name = "suicidal" }).CheckAsync();
        await PressAsync(peer, "Continue");
        await SeesAsync(peer, "Open the formal record?");
        await peer.IsSoundAsync("exception, confirm");
        await PressAsync(peer, "Open the formal record");
        await SeesAsync(peer, "You did what was needed");
        await peer.IsSoundAsync("exception, opened");
        await peer.GotoAsync($"/hand-on/{id}/danger");
        await SeesAsync(peer, "Someone may be in danger");
        await peer.IsSoundAsync("danger, of a case that is over");
        await peer.Context.CloseAsync();

        var track = await browser.App.SqlAsync("select id from formal_tracks where state = 1 order by opened_at desc limit 1");
        var psychologist = await browser.SignedInAsync("psychologist1", phone: !dark, dark: dark);
        await psychologist.GotoAsync($"/tracks/{track}");
        await psychologist.IsSoundAsync("track without a clinician");
        await PressAsync(psychologist, "Show name and contact");
        await Expect(psychologist.GetByText("Nobody Known")).ToBeVisibleAsync();
        await psychologist.IsSoundAsync("track, name and contact shown");
        await psychologist.GotoAsync($"/tracks/{track}/refer");
        await PressAsync(psychologist, "Hand on");
        await psychologist.IsSoundAsync("nobody chosen");
        await psychologist.Context.CloseAsync();
        await browser.App.SqlAsync("delete from danger_alerts");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ending_and_correcting_a_track(bool dark)
    {
        var track = await browser.App.GivenTrackAsync();
        var clinician = await browser.SignedInAsync("clinician1", phone: !dark, dark: dark);
        await clinician.GotoAsync($"/tracks/{track}");
        await PressAsync(clinician, "Acknowledge");
        await clinician.IsSoundAsync("acknowledged");
        await RecordAsync(clinician, "First appointment kept");
        await clinician.GetByText("An entry was wrong").ClickAsync();
        await PressAsync(clinician, "Record the correction");
        await clinician.IsSoundAsync("correction, nothing chosen");
        await clinician.GetByLabel("Which entry").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await PressAsync(clinician, "Record the correction");
        await clinician.IsSoundAsync("corrected");
        await clinician.GetByLabel("What happened", new() { Exact = true }).SelectOptionAsync("again-FirstKept");
        await PressAsync(clinician, "Record");
        await Expect(clinician.GetByText("instead of entry")).ToBeVisibleAsync();
        await clinician.GetByText("The officer wants to stop").ClickAsync();
        await PressAsync(clinician, "The officer withdraws consent");
        await SeesAsync(clinician, "The officer withdraws consent?");
        await clinician.IsSoundAsync("withdrawal, confirm");
        await clinician.GotoAsync($"/tracks/{track}");
        await RecordAsync(clinician, "Completed: the care came to its end");
        await SeesAsync(clinician, "The care came to its end?");
        await clinician.IsSoundAsync("end, confirm");
        await PressAsync(clinician, "Yes, it is completed");
        await Expect(clinician.GetByText("Recorded.", new() { Exact = true })).ToBeVisibleAsync();
        await clinician.IsSoundAsync("completed");
        await clinician.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keeping_tracks_for_a_shorter_time(bool dark)
    {
        await browser.App.SqlAsync("update formal_tracks set ended_at = now() - interval '20 months' where id = (select id from formal_tracks where state = 7 order by opened_at limit 1)");
        await browser.App.SqlAsync("delete from track_settings");
        var psychologist = await browser.SignedInAsync("psychologist1", phone: !dark, dark: dark);
        await psychologist.GotoAsync("/tracks/retention");
        await psychologist.GetByLabel("Months after the end").FillAsync("5");
        await PressAsync(psychologist, "Save");
        await psychologist.IsSoundAsync("retention, out of range");
        await psychologist.GetByLabel("Months after the end").FillAsync("12");
        await PressAsync(psychologist, "Save");
        await Expect(psychologist.GetByText("of your agency will be past")).ToBeVisibleAsync();
        await psychologist.IsSoundAsync("retention, confirm");
        await PressAsync(psychologist, "Yes, save");
        await Expect(psychologist.GetByText("it is 12 months")).ToBeVisibleAsync();
        await psychologist.IsSoundAsync("retention, waiting");
        await psychologist.Context.CloseAsync();
        await browser.App.SqlAsync("delete from track_settings");
    }

    /// <summary>A clinician without an account: from the mail, with the digits told by phone.</summary>
    private async Task AnswerByLinkAsync(string digits, bool dark)
    {
        var mail = await browser.App.Mail.WaitForAsync(one => one.IsTo("lindholm@practice.test") && one.Text.Contains("/handed/", StringComparison.Ordinal) && !Answered.Contains(one.Text), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Answered.Add(mail.Text);
        var address = new Uri(mail.Text.Split('\n').Single(line => line.Contains("/handed/", StringComparison.Ordinal)).Trim());
        var outside = await browser.OpenAsync(phone: !dark, dark: dark);
        await outside.GotoAsync(address.AbsolutePath);
        await outside.GetByLabel("The eight digits").FillAsync("1");
        await PressAsync(outside, "Show what was agreed");
        await outside.IsSoundAsync("link, wrong digits");
        await outside.GetByLabel("The eight digits").FillAsync(digits);
        await PressAsync(outside, "Show what was agreed");
        await SeesAsync(outside, "Will you take it?");
        await outside.IsSoundAsync("link, the facts");
        await PressAsync(outside, "Yes, I take it");
        await SeesAsync(outside, "What comes next");
        await outside.IsSoundAsync("link, answered");
        await outside.Context.CloseAsync();
    }

    /// <summary>The officer, from the printed code to the end.</summary>
    private async Task TakeBackAsync(string printed, bool dark)
    {
        var officer = await browser.OpenAsync(phone: !dark, dark: dark);
        await officer.GotoAsync("/my-referral");
        await officer.GetByLabel("Your code").FillAsync("nothing");
        await PressAsync(officer, "Show where it stands");
        await officer.IsSoundAsync("my referral, wrong code");
        await officer.GetByLabel("Your code").FillAsync(printed);
        await PressAsync(officer, "Show where it stands");
        await SeesAsync(officer, "Take a code of your own");
        await officer.IsSoundAsync("my referral, own code");
        await PressAsync(officer, "I have written it down");
        await SeesAsync(officer, "Your referral");
        await officer.IsSoundAsync("my referral, where it stands");
        await PressAsync(officer, "Take my consent back");
        await SeesAsync(officer, "Take your consent back?");
        await officer.IsSoundAsync("my referral, asked once more");
        await PressAsync(officer, "Take my consent back");
        await SeesAsync(officer, "Your referral has ended");
        await officer.IsSoundAsync("my referral, taken back");
        await officer.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_with_problems_the_fresh_sign_in_and_the_reveal(bool dark)
    {
        var psychologist = await browser.SignedInAsync("psychologist1", phone: !dark, dark: dark);
        await psychologist.GotoAsync("/cases/new");
        await PressAsync(psychologist, "Post to peers");
        await Expect(psychologist.GetByRole(AriaRole.Alert).GetByText("There is a problem")).ToBeVisibleAsync();
        await psychologist.IsSoundAsync("post, with problems");
        await psychologist.Context.CloseAsync();

        var id = await browser.App.GivenHeldCaseAsync("peer10");
        var peer = await browser.SignedInAsync("peer10", phone: !dark, dark: dark);
        await peer.GotoAsync($"/my-case/{id}");
        await PressAsync(peer, "Reveal name and contact");
        await peer.IsSoundAsync("reveal, not read");
        await peer.GotoAsync($"/my-case/{id}");
        await peer.GetByLabel("I have read this").CheckAsync();
        await PressAsync(peer, "Reveal name and contact");
        await peer.IsSoundAsync("step-up");
        await peer.GetByLabel("Password", new() { Exact = true }).FillAsync("not it");
        await PressAsync(peer, "Confirm");
        await peer.IsSoundAsync("step-up, not matched");
        await peer.GetByLabel("Password", new() { Exact = true }).FillAsync(DemonstrationPeople.Password);
        await PressAsync(peer, "Confirm");
        await Expect(peer.Locator(".sealed").First).ToBeVisibleAsync();
        await peer.IsSoundAsync("revealed");
        await peer.Context.CloseAsync();
    }

    private static async Task RecordAsync(IPage page, string happening)
    {
        await page.GetByLabel("What happened", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = happening });
        await PressAsync(page, "Record");
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task SeesAsync(IPage page, string heading) => Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync();
}
