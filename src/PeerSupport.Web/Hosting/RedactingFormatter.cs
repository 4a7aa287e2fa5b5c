using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace PeerSupport.Web.Hosting;

/// <summary>
/// One JSON object a line. Every e-mail address and every id in it is masked, wherever it came from; of an exception
/// only the kinds and places are written, never a message, which could quote what somebody typed; no address of a page.
/// No input can forge a line.
/// </summary>
public sealed class RedactingFormatter : ITextFormatter
{
    /// <summary>What the framework adds to every line of a request, and what we do not want: addresses of pages.</summary>
    private static readonly string[] Dropped = ["RequestPath", "Path", "PathBase", "QueryString", "ConnectionId"];

    private readonly CompactJsonFormatter json = new();

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter();
        json.Format(WithoutWords(logEvent), line);
        output.Write(Redact(line.ToString()));
    }

    /// <summary>Masks addresses and ids in any text, and the characters that some readers take for a line's end.</summary>
    public static string Redact(string text) =>
        LineEnds.Replace(Ids.Replace(Addresses.Replace(text, "[mail]"), "[id]"), end => $"\\u{(int)end.Value[0]:x4}");

    /// <summary>Kinds and places of an exception and its causes, for a log: "A: SQLSTATE 23505 &lt;- B", then where.</summary>
    internal static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            text.Append(text.Length == 0 ? "" : " <- ").Append(cause.GetType().FullName);
            if (cause is DbException { SqlState: { } state })
                text.Append(": SQLSTATE ").Append(state);
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
            text.Append('\n').Append(cause.StackTrace);
        return text.ToString();
    }

    private static LogEvent WithoutWords(LogEvent logEvent)
    {
        var properties = logEvent.Properties.Where(property => !Dropped.Contains(property.Key, StringComparer.Ordinal)).Select(property => new LogEventProperty(property.Key, property.Value));
        if (logEvent.Exception is { } exception)
            properties = properties.Append(new LogEventProperty("Fault", new ScalarValue(Describe(exception))));
        return new LogEvent(
            logEvent.Timestamp, logEvent.Level, exception: null, logEvent.MessageTemplate, properties, logEvent.TraceId ?? default, logEvent.SpanId ?? default);
    }

    // Without backtracking: the time grows with the length of the line and with nothing else, whoever wrote it. A time
    // limit would lose the line on a busy machine.
    private static readonly Regex Addresses = new(@"[\p{L}\p{N}._%+'\-]+(?:@|%40|\\u0040)[\p{L}\p{N}.\-]+", RegexOptions.NonBacktracking);

    private static readonly Regex Ids = new(
        "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}", RegexOptions.NonBacktracking);

    private static readonly Regex LineEnds = new("[\u0085\u2028\u2029]", RegexOptions.NonBacktracking);
}
