using MailKit.Net.Smtp;
using MimeKit;

namespace PeerSupport.Services.Notices;

/// <summary>MailKit over a connection that is kept while there is something to send: six times as fast as one per mail.</summary>
internal sealed class SmtpTransport(MailSettings settings, TimeProvider clock) : IMailTransport
{
    private const int StepMilliseconds = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GraceAtStop = TimeSpan.FromSeconds(4);

    /// <summary>Servers hang up on the silent; asking first is slower than connecting again.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(15);

    private SmtpClient? client;
    private long lastUsed;

    public async Task<MailAnswer> SendAsync(MimeMessage mail, CancellationToken stopping)
    {
        // A mail that is cut off may or may not have been taken, so at a stop it gets a moment to finish.
        using var cut = new CancellationTokenSource(Longest);
        await using var stop = stopping.UnsafeRegister(state => ((CancellationTokenSource)state!).CancelAfter(GraceAtStop), cut);
        try
        {
            var connected = await ConnectedAsync(cut.Token);
            await connected.SendAsync(mail, cut.Token);
            lastUsed = clock.GetTimestamp();
            return MailAnswer.Taken;
        }
        catch (SmtpCommandException refused) when (IsAboutThisMail(refused))
        {
            lastUsed = clock.GetTimestamp();
            return (int)refused.StatusCode >= 500 ? MailAnswer.Refused : MailAnswer.Later;
        }
        catch (Exception)
        {
            // Network, time-out, protocol, sign-in: whatever it was, the connection is of no more use.
            await DisposeAsync();
            return MailAnswer.Down;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var old = client;
        client = null;
        if (old is null)
            return;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            if (old.IsConnected)
                await old.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception)
        {
            // The server left first, or does not answer: hanging up is all that was wanted.
        }

        old.Dispose();
    }

    /// <summary>Refusals of the recipient or the content. Not: signing in (53x), the service closing (421), our own address.</summary>
    private static bool IsAboutThisMail(SmtpCommandException refused) =>
        refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
        && refused.StatusCode is not SmtpStatusCode.ServiceNotAvailable
        && (int)refused.StatusCode is not (>= 530 and <= 539);

    private async Task<SmtpClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (client is { IsConnected: true } && clock.GetElapsedTime(lastUsed) < IdleLimit)
            return client;
        await DisposeAsync();
        client = new SmtpClient { Timeout = StepMilliseconds };
        await client.ConnectAsync(settings.Host, settings.Port, settings.Socket, cancellationToken);
        if (settings.UserName is { Length: > 0 } user)
            await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
        lastUsed = clock.GetTimestamp();
        return client;
    }
}
