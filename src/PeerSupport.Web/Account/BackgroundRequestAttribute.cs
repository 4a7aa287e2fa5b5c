namespace PeerSupport.Web.Account;

/// <summary>
/// An address that pages ask by themselves, such as "is this case still held?". Asking it is nothing a person did, so
/// it does not keep a session awake.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class BackgroundRequestAttribute : Attribute;
