using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace PeerSupport.IntegrationTests;

/// <summary>
/// What an app says to PostgreSQL, one whole thing at a time: everything up to where the server is asked for an answer
/// (frontend messages of protocol 3). Counted in reads of the network, a long insert would be one thing or two by chance.
/// </summary>
internal sealed class SaidToPostgres(Stream app)
{
    private const int Greeting = 3 << 16;

    /// <summary>Sync, simple query, terminate, a password, the end of a copy, flush.</summary>
    private static readonly byte[] Asking = [.. "SQXpcfH"u8];
    private readonly PipeReader reader = PipeReader.Create(app);
    private bool greeted;

    /// <summary>The next whole thing; empty when the app is gone.</summary>
    public async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (EndOfThing(read.Buffer) is { } end)
            {
                var thing = read.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(end));
                return thing;
            }

            if (read.IsCompleted)
                return [];
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>How many bytes up to and with the message that asks for an answer; null while it has not come whole.</summary>
    private long? EndOfThing(ReadOnlySequence<byte> said)
    {
        var at = 0L;
        while (true)
        {
            // A greeting has its length and a version; everything later a letter and its length.
            var head = greeted ? 1 : 0;
            if (said.Length < at + head + (greeted ? 4 : 8))
                return null;
            var length = NumberAt(said, at + head);
            if (said.Length < at + head + length)
                return null;
            if (!greeted)
            {
                greeted = NumberAt(said, at + 4) == Greeting; // before it, one may ask for encryption
                return at + length;
            }

            var letter = said.Slice(at, 1).FirstSpan[0];
            at += head + length;
            if (Asking.Contains(letter))
                return at;
        }
    }

    private static int NumberAt(ReadOnlySequence<byte> said, long at)
    {
        Span<byte> bytes = stackalloc byte[4];
        said.Slice(at, 4).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32BigEndian(bytes);
    }
}
