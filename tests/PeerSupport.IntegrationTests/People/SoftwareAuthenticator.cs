using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PeerSupport.IntegrationTests.People;

/// <summary>
/// A passkey device in software: one ES256 credential, attestation "none". It does as told, so that a test can make it
/// lie about user verification, the origin or the counter.
/// </summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(32);
    private string? userHandle;

    /// <summary>Whether it says that it checked face, finger or PIN.</summary>
    public bool VerifiesUser { get; set; } = true;

    /// <summary>The page it believes to be on.</summary>
    public string Origin { get; set; } = "http://localhost:5080";

    /// <summary>Stays 0, as many synced passkeys' does.</summary>
    public uint SignCount { get; set; }

    /// <summary>What a browser posts after navigator.credentials.create().</summary>
    public string Create(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        userHandle = (string?)options["user"]!["id"];
        var data = AuthenticatorData((string)options["rp"]!["id"]!, attested: true);
        var writer = new CborWriter();
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString("none");
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        return Answer(new
        {
            clientDataJSON = Text(ClientData("webauthn.create", (string)options["challenge"]!)),
            attestationObject = Text(writer.Encode()),
            transports = new[] { "internal" },
        });
    }

    /// <summary>What a browser posts after navigator.credentials.get().</summary>
    public string Assert(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        var data = AuthenticatorData((string)options["rpId"]!, attested: false);
        var client = ClientData("webauthn.get", (string)options["challenge"]!);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new
        {
            clientDataJSON = Text(client),
            authenticatorData = Text(data),
            signature = Text(signature),
            userHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private string Answer(object response) => JsonSerializer.Serialize(new
    {
        id = Text(credentialId),
        rawId = Text(credentialId),
        type = "public-key",
        clientExtensionResults = new { },
        response,
    });

    private byte[] ClientData(string type, string challenge) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge, origin = Origin, crossOrigin = false }));

    private byte[] AuthenticatorData(string relyingParty, bool attested)
    {
        const byte present = 0x01, verified = 0x04, hasCredential = 0x40;
        var flags = (byte)(present | (VerifiesUser ? verified : 0) | (attested ? hasCredential : 0));
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), flags, .. count];
        return attested ? [.. head, .. new byte[16], 0, (byte)credentialId.Length, .. credentialId, .. PublicKey()] : head;
    }

    private byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(5);
        (int Label, int Value)[] numbers = [(1, 2), (3, -7), (-1, 1)];
        foreach (var (label, value) in numbers)
        {
            writer.WriteInt32(label);
            writer.WriteInt32(value);
        }

        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
