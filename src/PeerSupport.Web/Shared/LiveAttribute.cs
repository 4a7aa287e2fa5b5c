namespace PeerSupport.Web.Shared;

/// <summary>A page that holds a live island, and so loads the script of the circuit.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LiveAttribute : Attribute
{
    /// <summary>The island is made of MudBlazor: the page loads its styles and script too, and allows style attributes. Boards do without.</summary>
    public bool Mud { get; init; }
}
