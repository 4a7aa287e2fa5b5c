namespace PeerSupport.Web.Features.Cases.Posting;

/// <summary>
/// A page that gives back what was typed when the records cannot be reached. Its posts come through without an actor
/// then; nothing can be done without one, but nothing is lost either.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsTypedAttribute : Attribute;
