using System.Diagnostics;
using System.Text.Json;
using PeerSupport.Web.Hosting;
using Serilog;
using Serilog.Core;

namespace PeerSupport.Tests.Hosting;

/// <summary>What reaches the log: that something happened, never about whom, one line each.</summary>
public sealed class LogTests
{
    private const string Marker = "Officer Zebulon Quackenbush";

    [Fact]
    public void S47_Nothing_that_an_exception_quotes_is_written()
    {
        var line = Logged(log =>
        {
            try
            {
                try
                {
                    throw new FormatException($"cannot read '{Marker}'");
                }
                catch (FormatException inner)
                {
                    throw new InvalidOperationException($"while reading {Marker}", inner);
                }
            }
            catch (InvalidOperationException fault)
            {
                log.Error(fault, "A request failed");
            }
        });
        line.ShouldNotContain("Quackenbush");
        var fault = JsonDocument.Parse(line).RootElement.GetProperty("Fault").GetString().ShouldNotBeNull();
        fault.ShouldStartWith("System.InvalidOperationException <- System.FormatException");
        fault.ShouldContain(nameof(S47_Nothing_that_an_exception_quotes_is_written));
    }

    [Theory]
    [InlineData("peer1@demo.test")]
    [InlineData("O'Brien.x+y@sub.example.co.uk")]
    [InlineData("josé@exämple.org")]
    [InlineData("peer1%40demo.test")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("3F2504E04F8941D39A0C0305E82C3301")]
    [InlineData("{3f2504e0-4f89-41d3-9a0c-0305e82c3301}")]
    public void S47_Addresses_and_ids_are_masked_wherever_they_stand(string secret)
    {
        foreach (var line in new[]
        {
            Logged(log => log.Information("{Value} happened", secret)),
            Logged(log => log.Information("before " + secret.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal) + " after")),
            Logged(log => log.Information("{@Value}", new { Deep = new[] { secret } })),
            Logged(log => log.ForContext("Anything", secret).Warning("x")),
        })
        {
            line.ShouldNotContain(secret.Trim('{', '}'), Case.Insensitive);
            JsonDocument.Parse(line);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    [InlineData("\u001b[2J\n")]
    public void S48_No_input_forges_a_line(string breakingOut)
    {
        var forged = $"harmless{breakingOut}{{\"@t\":\"2026-01-01\",\"@mt\":\"administrator signed in\"}}";
        var line = Logged(log => log.Information("Name {Name}", forged));
        line.TrimEnd('\n', '\r').ShouldNotContain("\n");
        line.TrimEnd('\n', '\r').IndexOfAny(['\r', '\u0085', '\u2028', '\u2029', '\u001b']).ShouldBe(-1);
        JsonDocument.Parse(line).RootElement.GetProperty("Name").GetString().ShouldBe(forged);
    }

    [Fact]
    public void The_address_of_a_page_is_dropped()
    {
        var line = Logged(log => log.ForContext("RequestPath", "/notices/amber-harbor").Information("x"));
        line.ShouldNotContain("amber");
    }

    [Fact]
    public void A_very_long_word_is_written_whole()
    {
        // Masking that backtracked would give up on it, or never end.
        var word = new string('x', 200_000);
        Logged(log => log.Information("{Word}", word)).ShouldContain(word);
    }

    [Fact]
    public void A_trace_leaves_without_the_addresses_of_pages_and_people()
    {
        using var activity = new Activity("GET /notices/{id}");
        foreach (var tag in new[] { "url.path", "url.query", "url.full", "user_agent.original", "client.address", "network.peer.address" })
            activity.SetTag(tag, "3f2504e0-4f89-41d3-9a0c-0305e82c3301");
        activity.SetTag("http.route", "/notices/{id}");
        using var remover = new Telemetry.PathRemover();
        remover.OnEnd(activity);
        activity.TagObjects.Where(tag => tag.Value is not null).Select(tag => tag.Key).ShouldBe(["http.route"]);
    }

    [Theory]
    [InlineData("/notices/x", "/notices/x")]
    [InlineData("//evil.example/x", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    public void The_way_back_from_a_fault_never_leads_to_another_site(string at, string back) =>
        FaultPages.SamePage(new Microsoft.AspNetCore.Http.PathString(at)).ShouldBe(back);

    private static string Logged(Action<Logger> write)
    {
        using var output = new StringWriter();
        using (var log = new LoggerConfiguration().WriteTo.Sink(new ToWriter(output)).CreateLogger())
            write(log);
        return output.ToString();
    }

    private sealed class ToWriter(TextWriter output) : ILogEventSink
    {
        private readonly RedactingFormatter formatter = new();

        public void Emit(Serilog.Events.LogEvent logEvent) => formatter.Format(logEvent, output);
    }
}
