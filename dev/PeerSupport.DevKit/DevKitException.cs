namespace PeerSupport.DevKit;

/// <summary>Something a developer can put right: the message is the sentence to show them.</summary>
public sealed class DevKitException(string message, Exception? inner = null) : Exception(message, inner);
