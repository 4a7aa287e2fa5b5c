using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;

namespace PeerSupport.Tests.Notices;

/// <summary>Which addresses our server calls for a browser, and the words a device shows.</summary>
public sealed class PushTests
{
    private static readonly PushSettings Production = new();

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc:def", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc", true)]
    [InlineData("https://web.push.apple.com/QAbc", true)]
    [InlineData("https://wns2-by3p.notify.windows.com/w/?token=abc", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com:8443/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com@evil.example/x", false)]
    [InlineData("https://user:secret@fcm.googleapis.com/x", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/x", false)]
    [InlineData("https://evilpush.apple.com/x", false)]
    [InlineData("https://push.apple.com/x", false)]
    [InlineData("https://evil.example/?fcm.googleapis.com", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("https://localhost/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://10.0.0.1/x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("//fcm.googleapis.com/x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_push_services_of_browsers_are_called(string? address, bool allowed) => (Production.Address(address) is not null).ShouldBe(allowed);

    [Fact]
    public void An_address_has_an_end() => Production.Address("https://fcm.googleapis.com/" + new string('x', 1000)).ShouldBeNull();

    [Fact]
    public void A_further_host_is_a_setting_and_this_machine_is_called_in_development_only()
    {
        new PushSettings { MoreHosts = ["*.push.example.org"] }.Address("https://eu.push.example.org/x").ShouldNotBeNull();
        new PushSettings { Loopback = true }.Address("http://127.0.0.1:5010/x").ShouldNotBeNull();
        new PushSettings { Loopback = true }.Address("http://10.0.0.1:5010/x").ShouldBeNull();
    }

    [Fact]
    public void One_device_of_a_peer_is_enough_and_a_later_one_is_tried_again()
    {
        AlertOutbox.Together([]).ShouldBeNull();
        AlertOutbox.Together([AlertAnswer.Gone, AlertAnswer.Taken]).ShouldBe(MailAnswer.Taken);
        AlertOutbox.Together([AlertAnswer.Refused, AlertAnswer.Later]).ShouldBe(MailAnswer.Later);
        AlertOutbox.Together([AlertAnswer.Refused, AlertAnswer.Denied]).ShouldBe(MailAnswer.Later);
        AlertOutbox.Together([AlertAnswer.Refused, AlertAnswer.Gone]).ShouldBe(MailAnswer.Refused);
    }

    [Fact]
    public void S50_The_device_shows_constant_words_and_reads_nothing_from_the_push()
    {
        var worker = File.ReadAllText(Path.Combine(Root(), "src", "PeerSupport.Web", "wwwroot", "sw.js"));
        worker.ShouldContain("A colleague could use a peer. Sign in to see it.");
        worker.ShouldNotContain("event.data");
        worker.ShouldNotContain("caches.");
        worker.ShouldNotContain("\"fetch\", ");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PeerSupport.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }
}
