using System.Reflection;
using PeerSupport.Services;
using PeerSupport.Services.People;

namespace PeerSupport.Tests.People;

/// <summary>What anybody may ask without being known.</summary>
public sealed class UseCaseTests
{
    [Fact]
    public void Only_signing_in_takes_no_actor()
    {
        var withoutActor =
            from type in typeof(ServiceRegistration).Assembly.GetExportedTypes()
            where type.Namespace == "PeerSupport.Services.People" && type.IsClass
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType.IsAssignableTo(typeof(Task))
            where method.GetParameters().All(parameter => parameter.ParameterType != typeof(Actor))
            select $"{type.Name}.{method.Name}";
        withoutActor.Order(StringComparer.Ordinal).ShouldBe(
        [
            "ActorResolver.ResolveAsync",
            "DemonstrationAccounts.ListAsync",
            "Enrolment.StartAsync",
            "Enrolment.WithPasskeyAsync",
            "Enrolment.WithPasswordAsync",
            "ProviderSignIn.EnterAsync",
            "SignIn.BeginPasskeyAsync",
            "SignIn.EndAsync",
            "SignIn.WithPasskeyAsync",
            "SignIn.WithPasswordAsync",
        ]);
    }

    [Fact]
    public void Everything_administrators_do_takes_an_actor_but_for_the_printed_lines_and_the_first_people()
    {
        var withoutActor =
            from type in typeof(ServiceRegistration).Assembly.GetExportedTypes()
            where type.Namespace == "PeerSupport.Services.People.Administration" && type.IsClass
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType.IsAssignableTo(typeof(Task))
            where method.GetParameters().All(parameter => parameter.ParameterType != typeof(Actor))
            select $"{type.Name}.{method.Name}";
        withoutActor.Order(StringComparer.Ordinal).ShouldBe(["FirstPeopleCommand.RunAsync", "PrintedLines.ReadAsync"]);
    }
}
