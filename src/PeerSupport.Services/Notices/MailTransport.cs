using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace PeerSupport.Services.Notices;

/// <summary>What the mail server said.</summary>
public enum MailAnswer
{
    /// <summary>It took the mail.</summary>
    Taken,

    /// <summary>It refused this recipient for good.</summary>
    Refused,

    /// <summary>Not now, for this mail: a temporary refusal.</summary>
    Later,

    /// <summary>The server itself is down, slow or does not let us in: no use trying the next mail.</summary>
    Down,
}

/// <summary>Sends mail over one connection at a time. A seam: tests and other providers put something else here.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Sends one mail. Never throws for what the server says or does.</summary>
    /// <param name="mail">To one recipient.</param>
    /// <param name="stopping">The app stops: a mail under way may be finished if that is quick.</param>
    Task<MailAnswer> SendAsync(MimeMessage mail, CancellationToken stopping);
}

/// <summary>Settings "Mail:…".</summary>
public sealed class MailSettings
{
    public string Host { get; init; } = "localhost";
    public int Port { get; init; } = 587;

    /// <summary>None, StartTls (default) or Tls.</summary>
    public string Security { get; init; } = "StartTls";
    public string From { get; init; } = "";
    public string? UserName { get; init; }
    public string? Password { get; init; }

    internal static MailSettings Read(IConfiguration configuration) => configuration.GetSection("Mail").Get<MailSettings>() ?? new MailSettings();

    internal MailboxAddress Sender => MailboxAddress.TryParse(From, out var sender)
        ? sender
        : throw new InvalidOperationException("Mail:From must be an address, such as PeerSupport <noreply@example.org>.");

    internal SecureSocketOptions Socket => Security switch
    {
        "None" => SecureSocketOptions.None,
        "StartTls" => SecureSocketOptions.StartTls,
        "Tls" => SecureSocketOptions.SslOnConnect,
        _ => throw new InvalidOperationException("Mail:Security must be None, StartTls or Tls."),
    };
}
