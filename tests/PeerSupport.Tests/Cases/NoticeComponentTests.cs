using Bunit;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Features.Cases.Posting;
using PeerSupport.Web.Shared;

namespace PeerSupport.Tests.Cases;

public sealed class NoticeComponentTests : BunitContext
{
    private static readonly SituationNames Names = new(SituationCatalogue.Categories, SituationCatalogue.Types);

    public static TheoryData<int, NoticeLevel, Urgency> Posts() =>
        [.. from type in SituationCatalogue.Types from level in Enum.GetValues<NoticeLevel>() from urgency in Enum.GetValues<Urgency>() select (type.Id, level, urgency)];

    [Theory]
    [MemberData(nameof(Posts))]
    public void The_preview_says_exactly_what_the_notice_will_say(int type, NoticeLevel level, Urgency urgency)
    {
        PeerTag[] tags = [PeerTag.SpeaksSpanish, PeerTag.Veteran];
        var form = new FilledForm { Type = type, Level = level, Urgency = urgency, Tags = tags, Handle = new Handle(3, 5) };
        var notice = new CaseNotice(Guid.NewGuid(), form.Handle, CaseNotice.CategoryOf(type), level == NoticeLevel.Type ? type : null, urgency, tags, default);
        var words = NoticeWords.Of(notice, Names);

        var pane = Render<CodedPane>(p => p.Add(c => c.Form, form).Add(c => c.Names, Names).Add(c => c.Problem, _ => null).Add(c => c.Path, "/cases/new"));
        pane.Find(".preview h3").TextContent.ShouldBe(notice.Handle.ToString());
        pane.Find("[data-seen=situation]").TextContent.ShouldBe(words.Situation);
        pane.Find("[data-seen=category]").TextContent.ShouldBe(words.Category ?? "");
        pane.FindAll("[data-seen=chips] .chip").Select(chip => chip.TextContent).ShouldBe([words.Urgency, .. words.Tags]);
        pane.FindAll("[data-seen=chips] .lamp").Count.ShouldBe(words.Urgent ? 1 : 0);
    }

    [Fact]
    public void A_category_notice_never_names_the_type()
    {
        var notice = new CaseNotice(Guid.NewGuid(), new Handle(0, 0), 4, null, Urgency.Today, [], default);
        var row = Render<NoticeRow>(p => p.Add(c => c.Row, Shown(new(), "01:48", notice)[0]));
        foreach (var type in SituationCatalogue.Types.Where(type => type.CategoryId == 4))
            row.Markup.ShouldNotContain(type.English);
        row.Find("a").GetAttribute("href").ShouldBe($"/notices/{notice.CaseId}");
    }

    [Fact]
    public void A_row_that_stayed_the_same_is_not_rendered_again()
    {
        var notice = new CaseNotice(Guid.NewGuid(), new Handle(0, 0), 1, 103, Urgency.Tonight, [], default);
        var board = new RowsOnScreen();
        var row = Render<NoticeRow>(p => p.Add(c => c.Row, Shown(board, "02:11", notice)[0]));
        row.Render(p => p.Add(c => c.Row, Shown(board, "02:11", notice with { WantedTags = [] })[0]));
        row.RenderCount.ShouldBe(1);
        row.Render(p => p.Add(c => c.Row, Shown(board, "yesterday 02:11", notice)[0]));
        row.RenderCount.ShouldBe(2);
        row.Find(".note").TextContent.ShouldBe("sent yesterday 02:11");
    }

    [Fact]
    public void Rows_stay_where_others_come_and_go_and_follow_language_and_catalogue()
    {
        CaseNotice[] notices = [.. Enumerable.Range(0, 6).Select(n => new CaseNotice(Guid.NewGuid(), new Handle((short)n, (short)n), 1, 103, Urgency.Tonight, [], default))];
        var board = new RowsOnScreen();
        var first = Shown(board, "02:11", notices[1], notices[2], notices[3], notices[5]);
        var second = Shown(board, "02:11", notices[0], notices[1], notices[3], notices[4], notices[5]);
        second.Select(row => row.CaseId).ShouldBe([.. new[] { 0, 1, 3, 4, 5 }.Select(n => notices[n].CaseId)]);
        (second[1], second[2], second[4]).ShouldSatisfyAllConditions(
            rows => rows.Item1.ShouldBeSameAs(first[0]), rows => rows.Item2.ShouldBeSameAs(first[2]), rows => rows.Item3.ShouldBeSameAs(first[3]));

        Say.Speaking("es", () => Shown(board, "02:11", notices[0])[0].Words.Situation).ShouldNotBe(second[0].Words.Situation, StringComparer.Ordinal);
        Shown(board, "02:11", notices[0])[0].Words.Situation.ShouldBe(second[0].Words.Situation);
    }

    private static IReadOnlyList<BoardRow> Shown(RowsOnScreen board, string sent, params CaseNotice[] notices)
    {
        board.Show(notices, Names, _ => sent);
        return board.Shown;
    }

    [Fact]
    public void A_rare_type_is_said_to_be_rare_until_only_its_category_is_shown()
    {
        var choices = new PostingForm([], new Dictionary<int, int> { [103] = RarityRules.RareBelow - 1, [104] = RarityRules.RareBelow }, 0, []);
        bool Warns(int type, NoticeLevel level) => !Pane(type, level, choices).Find("[data-rare]").HasAttribute("hidden");
        Warns(103, NoticeLevel.Type).ShouldBeTrue();
        Warns(103, NoticeLevel.Category).ShouldBeFalse();
        Warns(104, NoticeLevel.Type).ShouldBeFalse();
        Warns(105, NoticeLevel.Type).ShouldBeTrue("a type nobody posted is the rarest");
    }

    [Fact]
    public void A_category_that_is_rare_itself_is_said_to_be_rare_and_not_offered_as_if_it_hid_anything()
    {
        var choices = new PostingForm([], new Dictionary<int, int> { [201] = 2, [202] = 2, [103] = 1, [104] = RarityRules.RareBelow }, 0, []);
        var category = Pane(201, NoticeLevel.Category, choices);
        category.Find("[data-rare]").HasAttribute("hidden").ShouldBeFalse();
        category.Find("[data-rare-what]").TextContent.ShouldBe("category");
        category.Find("[data-rare-count]").TextContent.ShouldBe("4");
        category.Find("[data-rare-type]").HasAttribute("hidden").ShouldBeTrue();
        category.Find("[data-warned]").GetAttribute("value").ShouldBe("201-Category");

        Pane(201, NoticeLevel.Type, choices).Find("[data-rare-both]").HasAttribute("hidden").ShouldBeFalse();
        Pane(103, NoticeLevel.Type, choices).Find("[data-rare-both]").HasAttribute("hidden").ShouldBeTrue("its category is common");
        Rarity.Of(new FilledForm { Type = 201 }, null).ShouldBeNull("while the records cannot be reached nothing is claimed");
    }

    [Fact]
    public void Every_code_has_words()
    {
        Enum.GetValues<Urgency>().Select(Words.Of).ShouldAllBe(words => words.Length > 0);
        Enum.GetValues<PeerTag>().Select(Words.Of).ShouldAllBe(words => words.Length > 0);
        Enum.GetValues<CaseOutcome>().Select(Words.Of).ShouldAllBe(words => words.Length > 0);
    }

    [Fact]
    public void A_problem_stands_in_the_summary_and_beside_its_field_in_the_same_words()
    {
        var page = Render<SealedPane>(p => p.Add(c => c.Form, new FilledForm()).Add(c => c.Peers, []).Add(c => c.Problem, field => field == CaseField.Reach ? "Enter a way" : null));
        var reach = page.Find("#reach");
        reach.GetAttribute("aria-invalid").ShouldBe("true");
        reach.GetAttribute("aria-describedby").ShouldBe("reach-h reach-e");
        page.Find("#reach-e").TextContent.ShouldBe("Enter a way");
        page.Find("#name").HasAttribute("aria-invalid").ShouldBeFalse();

        var none = Render<ProblemSummary>(p => p.Add(c => c.Path, "/cases/new").Add(c => c.Problems, []));
        none.Markup.Trim().ShouldBeEmpty();
    }

    private IRenderedComponent<CodedPane> Pane(int type, NoticeLevel level, PostingForm choices) => Render<CodedPane>(p => p
        .Add(c => c.Form, new FilledForm { Type = type, Level = level }).Add(c => c.Names, Names).Add(c => c.Choices, choices)
        .Add(c => c.Problem, _ => null).Add(c => c.Path, "/cases/new"));
}
