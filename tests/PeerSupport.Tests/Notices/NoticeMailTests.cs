using MimeKit;
using PeerSupport.Services.Notices;

namespace PeerSupport.Tests.Notices;

/// <summary>The words of the mail: constant, and nothing of the case.</summary>
public sealed class NoticeMailTests
{
    private static readonly MailboxAddress From = MailboxAddress.Parse("PeerSupport <noreply@example.org>");
    private static readonly Guid Delivery = new("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    [Fact]
    public void S49_The_whole_mail_is_this() =>
        Written("peer1@example.org", "en").ShouldBe(
            """
            From: PeerSupport <noreply@example.org>
            Date: Mon, 09 Nov 2026 02:11:00 +0000
            Subject: PeerSupport
            Message-Id: <3f2504e04f8941d39a0c0305e82c3301-2@example.org>
            To: peer1@example.org
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            A colleague could use a peer. Sign in to see it.

            https://peersupport.example.org/

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void In_Spanish_the_same() => Compose("peer1@example.org", "es").TextBody.ShouldNotBeNull().ReplaceLineEndings("\n")
        .ShouldBe("A un colega le vendría bien el apoyo de un compañero. Inicie sesión para verlo.\n\nhttps://peersupport.example.org/\n");

    [Theory]
    [InlineData("")]
    [InlineData("peer1@example.org\r\nBcc: press@evil.example")]
    [InlineData("peer1@example.org\nX-Marker: x")]
    [InlineData("peer1@example.org, press@evil.example")]
    [InlineData("peer1@example.org>\r\nRCPT TO:<press@evil.example>")]
    [InlineData("undisclosed: press@evil.example;")]
    public void S49_An_address_is_one_address_or_none(string address) =>
        Should.Throw<ParseException>(() => Compose(address, "en"));

    [Fact]
    public void S49_A_name_in_an_address_does_not_go_out() =>
        Written("\"Bcc: press@evil.example\" <peer1@example.org>", "en").ShouldContain("\nTo: peer1@example.org\n");

    private static MimeMessage Compose(string to, string language) =>
        NoticeMail.Compose(From, to, Delivery, 2, language, new Uri("https://peersupport.example.org/notices/x?y"), new DateTimeOffset(2026, 11, 9, 2, 11, 0, TimeSpan.Zero));

    private static string Written(string to, string language)
    {
        using var mail = Compose(to, language);
        return mail.ToString().ReplaceLineEndings("\n");
    }
}
