namespace PeerSupport.Tests.Analyzers;

/// <summary>The build fails on a word that stands in one language only. The shapes are those Razor makes of a page.</summary>
public sealed class BothLanguagesAnalyzerTests
{
    private const string English = """__builder.OpenComponent<global::PeerSupport.Web.Shared.En>(1); __builder.AddAttribute(2, "ChildContent", (global::Microsoft.AspNetCore.Components.RenderFragment)((__builder2) => { __builder2.AddContent(3, "Read "); __builder2.AddMarkupContent(4, "<a href=\"/notices\">your notices</a>"); })); __builder.CloseComponent();""";
    private const string Spanish = """__builder.OpenComponent<global::PeerSupport.Web.Shared.Es>(5); __builder.AddAttribute(6, "ChildContent", (global::Microsoft.AspNetCore.Components.RenderFragment)((__builder2) => { __builder2.AddMarkupContent(7, "Lea <a href=\"/notices\">sus avisos</a>"); })); __builder.CloseComponent();""";

    [Theory]
    [InlineData("""__builder.AddMarkupContent(3, "<h1>There is no draft</h1>\n");""", "There is no draft")]
    [InlineData("""__builder.AddContent(3, "Welcome");""", "Welcome")]
    [InlineData("""__builder.AddContent(3, late ? "Too late" : "");""", "Too late")]
    [InlineData("""__builder.AddContent(3, late ? T("Late", "Tarde") : $"In {count} days");""", "In")]
    [InlineData("""__builder.AddContent(3, count switch { 0 => T("none", "ninguno"), _ => "some" });""", "some")]
    [InlineData("""__builder.AddContent(3, (MarkupString)$"<text x=\"{count}\">Share</text>");""", "Share")]
    [InlineData("""__builder.AddContent(3, string.Join(", ", new[] { 1 }.Select(one => one == 1 ? "first" : "")));""", "first")]
    [InlineData("""__builder.AddAttribute(3, "aria-label", "Pages");""", "Pages")]
    [InlineData("""__builder.AddAttribute(3, "placeholder", "Find " + (count));""", "Find")]
    [InlineData("""__builder.AddMarkupContent(3, "<input id=\"q\" placeholder=\"Find by handle\">");""", "Find by handle")]
    [InlineData("""__builder.OpenElement(1, "input"); __builder.AddAttribute(2, "type", "submit"); __builder.AddAttribute(3, "value", "Send"); __builder.CloseElement();""", "Send")]
    [InlineData("""__builder.OpenComponent<PeerSupport.Web.Features.Cases.Pager>(1); __builder.AddComponentParameter(2, nameof(PeerSupport.Web.Features.Cases.Pager.Before), "Back"); __builder.CloseComponent();""", "Back")]
    [InlineData("""__builder.AddContent(3, "c\u00f3mo est\u00e1");""", "cómo está")]
    public async Task A_word_in_one_language_fails_the_build(string statement, string words) =>
        (await Snippet.OfPageAsync(statement)).ShouldHaveSingleItem().ShouldStartWith($"PSL001 “{words}” is shown by Page.razor");

    [Theory]
    [InlineData("""__builder.AddMarkupContent(3, "\n    ");""")]
    [InlineData("""__builder.AddContent(3, T("My case", "Mi caso")); __builder.AddMarkupContent(4, " \u00b7 PeerSupport");""")]
    [InlineData("""__builder.AddContent(3, late ? "" : T($"In {count} days", $"En {count} d\u00edas"));""")]
    [InlineData("""__builder.OpenElement(1, "p"); __builder.AddAttribute(2, "class", "muted small"); __builder.AddAttribute(3, "id", "main"); __builder.CloseElement();""")]
    [InlineData("""__builder.AddMarkupContent(3, "<svg class=\"art\" viewBox=\"0 0 32 24\"><path d=\"M16 3.3a10\"></path></svg>");""")]
    [InlineData("""__builder.AddMarkupContent(3, "<script>const main = document;</script><style>p { color: red }</style><!-- a remark -->");""")]
    [InlineData("""__builder.AddMarkupContent(3, "<a href=\"tel:911\">911</a> &times; &nbsp;");""")]
    [InlineData("""__builder.OpenElement(1, "input"); __builder.AddAttribute(2, "type", "radio"); __builder.AddAttribute(3, "value", "yes"); __builder.CloseElement();""")]
    [InlineData("""__builder.AddContent(3, (MarkupString)$"<text class=\"ax\" text-anchor=\"{(late ? "start" : "end")}\">{count}</text>");""")]
    [InlineData("""__builder.OpenComponent<PeerSupport.Web.Shared.Banner>(1); __builder.AddComponentParameter(2, nameof(PeerSupport.Web.Shared.Banner.Kind), "stop"); __builder.CloseComponent();""")]
    [InlineData("""__builder.AddContent(3, "yes" == count.ToString() ? T("Yes", "S\u00ed") : T("No", "No"));""")]
    public async Task What_nobody_reads_and_what_both_read_may_stand(string statement) => (await Snippet.OfPageAsync(statement)).ShouldBeEmpty();

    [Theory]
    [InlineData("""private string Words => late ? "Not now" : T("Now", "Ahora");""")]
    [InlineData("""private string Words { get { return "Not now"; } }""")]
    [InlineData("""private string Words = ""; private void Late() => Words = "Not now";""")]
    [InlineData("""private const string Words = "Not now";""")]
    [InlineData("""private static readonly string Words = Made(); private static string Made() { return "Not now"; }""")]
    [InlineData("""private string Words => Others.Of(count);""", """static class Others { public static string Of(int count) => count switch { 0 => T("none", "ninguno"), _ => "Not now" }; }""")]
    public async Task A_word_is_found_where_it_is_written_however_it_comes_to_the_page(string members, string others = "") =>
        (await Snippet.OfPageAsync("""__builder.AddContent(3, Words); __builder.AddContent(4, Words);""", members, others)).ShouldHaveSingleItem().ShouldStartWith("PSL001 “Not now” is shown by Page.razor");

    [Fact]
    public async Task A_paragraph_stands_in_English_and_then_at_once_in_Spanish() =>
        (await Snippet.OfPageAsync($$"""{{English}} __builder.AddMarkupContent(9, "\n  "); {{Spanish}} if (late) { {{English}} {{Spanish}} }""")).ShouldBeEmpty();

    [Theory]
    [InlineData(English, "PSL002 <En> in Page.razor has no <Es>")]
    [InlineData(Spanish, "PSL002 <Es> in Page.razor has no <En>")]
    [InlineData($$"""{{English}} __builder.AddContent(9, count); if (late) { } """, "PSL002 <En> in Page.razor has no <Es>")]
    public async Task A_paragraph_in_one_language_fails_the_build(string statements, string found) =>
        (await Snippet.OfPageAsync(statements)).ShouldHaveSingleItem().ShouldStartWith(found);

    [Fact]
    public async Task Something_between_the_two_languages_fails_the_build_for_both() =>
        (await Snippet.OfPageAsync($"{English} __builder.AddContent(9, count); {Spanish}")).Count.ShouldBe(2);

    [Theory]
    [InlineData("""T("Save", "")""")]
    [InlineData("""T("", "Guardar")""")]
    [InlineData("""T("Save", "Save")""")]
    [InlineData("""T($"Save {count}", $"Save {count}")""")]
    [InlineData("""Say.In("es", "Save", "Save")""")]
    [InlineData("""new Refusal("code", "Save", "Save").Code""")]
    [InlineData("""T(spanish: "Save", english: "Save")""")]
    public async Task Words_that_were_not_translated_fail_the_build(string expression) =>
        (await Snippet.OfPageAsync($"System.GC.KeepAlive({expression});")).ShouldHaveSingleItem().ShouldStartWith("PSL003");

    [Theory]
    [InlineData("""T("CSV", "CSV")""")]
    [InlineData("""T("No", "No")""")]
    [InlineData("""T("Alaska", "Alaska")""")]
    [InlineData("""T($"{count} days", $"{count} d\u00edas")""")]
    [InlineData("""T(count.ToString(), count.ToString())""")]
    [InlineData("""new PeerSupport.Domain.People.SituationForm("", "")""")]
    public async Task Names_may_be_the_same_in_both(string expression) => (await Snippet.OfPageAsync($"System.GC.KeepAlive({expression});")).ShouldBeEmpty();
}
