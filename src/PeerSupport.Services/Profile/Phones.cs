using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;

namespace PeerSupport.Services.Profile;

/// <summary>
/// A peer adds a phone number for text messages: a code goes to it, and whoever types the code has the phone. Until then
/// nothing is stored; number and code travel with the form, sealed.
/// </summary>
public sealed class Phones
{
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(10);
    private readonly AlertChannels channels;
    private readonly GatewayTransport transport;
    private readonly GatewaySettings gateway;
    private readonly OftenLimit limit;
    private readonly IDataProtector protector;
    private readonly TimeProvider clock;

    internal Phones(AlertChannels channels, GatewayTransport transport, GatewaySettings gateway, OftenLimit limit, IDataProtectionProvider protection, TimeProvider clock)
    {
        (this.channels, this.transport, this.gateway, this.limit, this.clock) = (channels, transport, gateway, limit, clock);
        protector = protection.CreateProtector("PeerSupport.Phones.1");
    }

    /// <summary>Sends a code. Returns what the next form carries back; it says nothing to whoever reads it.</summary>
    public async Task<Result<string>> BeginAsync(Actor actor, string? typed, CancellationToken cancellationToken)
    {
        if (!gateway.On || !actor.Is(Role.Peer))
            return ProfileRefusals.NotFound;
        if (PhoneNumbers.Normal(typed) is not { } number)
            return ProfileRefusals.NoPhone;
        if (!limit.Take(actor.PersonId, "phone"))
            return ProfileRefusals.TooOften;
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        return await transport.SendCodeAsync(number, code, actor.Language, cancellationToken) switch
        {
            AlertAnswer.Taken => protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{actor.PersonId:N}|{number}|{code}|{(clock.GetUtcNow() + CodeLasts).ToUnixTimeSeconds()}")),
            AlertAnswer.Later => ProfileRefusals.NotSent,
            _ => ProfileRefusals.NotTaken,
        };
    }

    /// <summary>The code: then the number is a channel.</summary>
    public async Task<Result> ConfirmAsync(Actor actor, string? sealedNumber, string? code, CancellationToken cancellationToken)
    {
        if (!gateway.On)
            return ProfileRefusals.NotFound;
        if (!limit.Take(actor.PersonId, "code"))
            return ProfileRefusals.TooOften;
        return Opened(actor, sealedNumber) is var (number, right) && CryptographicOperations.FixedTimeEquals(Bytes(right), Bytes((code ?? "").Trim()))
            ? await channels.AddAsync(actor, Channel.Gateway, number, PhoneNumbers.Hidden(number), confirmed: true, keyId: null, cancellationToken)
            : ProfileRefusals.WrongCode;
    }

    private (string Number, string Code)? Opened(Actor actor, string? sealedNumber)
    {
        try
        {
            var parts = protector.Unprotect(sealedNumber ?? "").Split('|');
            return parts is [var person, var number, var code, var until] && person == $"{actor.PersonId:N}"
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? (number, code) : null;
        }
        catch (CryptographicException)
        {
            return null; // not ours
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
