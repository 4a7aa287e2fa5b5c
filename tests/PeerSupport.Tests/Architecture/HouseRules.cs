using System.Reflection;
using PeerSupport.Domain;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services;
using PeerSupport.Services.People;

namespace PeerSupport.Tests.Architecture;

/// <summary>Rules of the house that a compiler alone would let pass.</summary>
public sealed class HouseRules
{
    private static readonly Assembly Domain = typeof(Refusal).Assembly;
    private static readonly Assembly Services = typeof(ServiceRegistration).Assembly;
    private static readonly Assembly Web = typeof(global::PeerSupport.Web.Hosting.SecurityHeaders).Assembly;

    [Fact]
    public void Domain_references_nothing_but_the_runtime() =>
        Domain.GetReferencedAssemblies().Select(reference => reference.Name!).ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Web_names_neither_EF_Core_nor_Npgsql() =>
        Web.GetReferencedAssemblies().Select(reference => reference.Name!)
            .ShouldAllBe(name => !name.Contains("EntityFrameworkCore", StringComparison.Ordinal) && !name.StartsWith("Npgsql", StringComparison.Ordinal));

    [Fact]
    public void Every_use_case_of_a_case_takes_an_actor()
    {
        // A method that answers with a result or a task, in a public class of the feature, is a use case.
        // A board that stays open finds its actor itself, anew each time, in the reading that fills it. Names of the
        // catalogue are no secret and have no actor.
        string[] open = ["CrowdBoards.FollowAsync", "Situations.NamesAsync"];
        var withoutActor =
            from type in Services.GetExportedTypes()
            where type.Namespace == "PeerSupport.Services.Cases" && type is { IsClass: true } && !type.IsAssignableTo(typeof(Delegate))
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType.IsAssignableTo(typeof(Task)) || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
            where method.GetParameters().All(parameter => parameter.ParameterType != typeof(Actor))
            select $"{type.Name}.{method.Name}";
        withoutActor.ShouldBe(open);
    }

    [Fact]
    public void Only_the_services_make_actors_and_grants()
    {
        typeof(Actor).GetConstructors().ShouldBeEmpty();
        typeof(RevealGrant).GetConstructors().ShouldBeEmpty();
        Domain.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(a => a.AssemblyName).Contains("PeerSupport.Web", StringComparer.Ordinal).ShouldBeFalse();
        Services.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(a => a.AssemblyName).Contains("PeerSupport.Web", StringComparer.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void The_schema_has_no_column_for_notes()
    {
        var columns = typeof(PeerSupport.Domain.Cases.SupportCase).GetProperties().Where(property => property.PropertyType == typeof(string));
        columns.ShouldBeEmpty();
        typeof(PeerSupport.Domain.Cases.Delivery).GetProperties().Where(property => property.PropertyType == typeof(string)).ShouldBeEmpty();
        typeof(PeerSupport.Domain.Cases.Recusal).GetProperties().Where(property => property.PropertyType == typeof(string)).ShouldBeEmpty();
    }

    [Fact]
    public void No_production_assembly_holds_the_demonstration() =>
        Web.GetReferencedAssemblies().Concat(Services.GetReferencedAssemblies()).Select(reference => reference.Name).Contains("PeerSupport.DevKit", StringComparer.Ordinal).ShouldBeFalse();
}
