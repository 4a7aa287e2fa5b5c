namespace PeerSupport.DevKit;

/// <summary>Where a private cluster lives and how much it may lose.</summary>
/// <param name="DataDirectory">Made if it does not exist; reused if it does.</param>
/// <param name="Durable">False gives up safety against a power cut for speed: for tests.</param>
/// <param name="CacheFolder">Where PostgreSQL itself may be fetched to; by default the repository's.</param>
/// <param name="Binaries">A particular PostgreSQL instead of whichever is found.</param>
public sealed record PostgresClusterOptions(string DataDirectory, bool Durable, string? CacheFolder = null, PostgresBinaries? Binaries = null);
