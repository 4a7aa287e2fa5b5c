using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Features.Cases.Posting;

namespace PeerSupport.Tests.Cases;

public sealed class FilledFormTests
{
    private static readonly PickablePeer[] Peers =
    [
        new(Guid.NewGuid(), "K. Doyle", "Harlan Bay", true),
        new(Guid.NewGuid(), "K. Doyle", "Pine Ridge", true),
        new(Guid.NewGuid(), "R. Castellano", "Harlan Bay", false),
    ];

    [Theory]
    [InlineData("R. Castellano, Harlan Bay", 2)]
    [InlineData("r. castellano", 2)]
    [InlineData("Castell", 2)]
    [InlineData("K. Doyle, Pine Ridge", 1)]
    public void A_peer_typed_without_a_script_is_found_when_only_one_has_that_name(string typed, int peer)
    {
        var form = Posted(("not", typed));
        form.KeptAway.ShouldBe([Peers[peer].PersonId]);
        form.KeptAwayWords.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("K. Doyle")]
    [InlineData("Harlan Bay")]
    [InlineData("Nobody")]
    public void A_name_that_fits_nobody_or_several_stops_the_post_and_is_not_lost(string typed)
    {
        var form = Posted(("not", typed));
        form.KeptAway.ShouldBeEmpty();
        form.KeptAwayWords.ShouldBe(typed);
        form.Problems().ShouldContain(problem => problem.Field == CaseField.KeptAway);
    }

    [Fact]
    public void Forged_codes_are_asked_for_again_and_forged_handles_drawn_anew()
    {
        var form = Posted(("type", "abc"), ("level", "77"), ("urgency", "9"), ("tags", "zzz"), ("handle", "9999-1"));
        form.Type.ShouldBeNull();
        form.Level.ShouldBeNull();
        form.Urgency.ShouldBeNull();
        form.Tags.ShouldBeEmpty();
        form.Handle.ToString().ShouldNotBeNullOrEmpty();
        form.Problems().Select(problem => problem.Field).ShouldBe([CaseField.Name, CaseField.Reach, CaseField.Situation, CaseField.Level, CaseField.Urgency], ignoreOrder: true);
    }

    [Fact]
    public void A_form_keeps_the_id_it_was_drawn_with_and_a_forged_one_gets_another()
    {
        var id = Guid.NewGuid();
        Posted(("once", $"{id}")).AsForm().Id.ShouldBe(id);
        foreach (var forged in new[] { "", "7", $"{Guid.Empty}" })
            Posted(("once", forged)).AsForm().Id.ShouldNotBeOneOf(null, Guid.Empty);
    }

    [Theory]
    [InlineData("0-0", true)]
    [InlineData("63-63", true)]
    [InlineData("64-0", false)]
    [InlineData("0-64", false)]
    [InlineData("-1-2", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_handle_comes_back_from_a_form_only_as_two_of_our_words(string? numbers, bool ours)
    {
        var handle = Handle.FromNumbers(numbers);
        (handle is not null).ShouldBe(ours);
        handle?.Numbers.ShouldBe(numbers);
    }

    [Theory]
    [InlineData("206-555-0137", "2065550137")]
    [InlineData("+1 (206) 555-0137", "+12065550137")]
    [InlineData("Text first: 206.555.0137", "2065550137")]
    [InlineData("206-555-0137 or 206-555-0138", null)]
    [InlineData("ext. 4471", null)]
    [InlineData("by mail at home", null)]
    [InlineData("badge 12345678901234567890", null)]
    public void Only_one_plain_number_becomes_a_link_to_call(string reach, string? dial) => Reach.Dial(reach).ShouldBe(dial);

    private static FilledForm Posted(params (string Name, string Value)[] fields) =>
        FilledForm.Of(new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value), StringComparer.Ordinal)), Peers);
}
