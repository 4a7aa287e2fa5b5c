using System.Reflection;
using Microsoft.AspNetCore.Components;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Features.Cases.Posting;

namespace PeerSupport.Tests.Cases;

public sealed class SensitiveTypeTests
{
    private static readonly Type[] PeerFacing = [typeof(CaseNotice), typeof(NoticePage), typeof(HeldCase), typeof(PeerBoard), typeof(CoveredNotice), typeof(PeerDuty)];
    private static readonly Type[] Sealed = [typeof(Confidential), typeof(OfficerIdentity), typeof(RevealedIdentity), typeof(CaseForm), typeof(FilledForm), typeof(RevealGrant)];
    private static readonly Assembly Web = typeof(Words).Assembly;

    [Fact]
    public void S02_what_a_peer_sees_has_no_words_that_a_person_typed_and_no_identity()
    {
        foreach (var view in PeerFacing)
        {
            foreach (var member in view.GetProperties())
            {
                foreach (var part in Parts(member.PropertyType))
                    IsCode(part).ShouldBeTrue($"{view.Name}.{member.Name} may carry more than codes: {part.Name}");
            }
        }
    }

    [Fact]
    public void S27_nothing_of_the_web_app_is_kept_as_persistent_state()
    {
        var kept = Web.GetTypes().SelectMany(type => type.GetProperties(Everything))
            .Where(property => property.GetCustomAttribute<PersistentStateAttribute>() is not null)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");
        kept.ShouldBeEmpty();
    }

    [Fact]
    public void S27_no_interactive_component_can_be_handed_an_officer()
    {
        var interactive = Interactive();
        interactive.ShouldContain(typeof(LiveBoard)); // else this test looks at nothing
        interactive.ShouldContain(typeof(PostedCaseRow));
        foreach (var component in interactive)
        {
            foreach (var member in component.GetProperties(Everything).Select(property => (property.Name, Type: property.PropertyType))
                .Concat(component.GetFields(Everything).Select(field => (field.Name, Type: field.FieldType))))
            {
                foreach (var part in Parts(member.Type))
                    Sealed.ShouldNotContain(part, $"{component.Name}.{member.Name}");
            }
        }
    }

    [Fact]
    public void The_form_as_typed_prints_nothing()
    {
        var form = new FilledForm { Name = "Marker", Reach = "Marker", Specifics = "Marker" };
        form.ToString().ShouldBe("[sealed]");
        form.AsForm().ToString().ShouldNotContain("Marker");
    }

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static bool IsCode(Type type) =>
        type.IsEnum || PeerFacing.Contains(type)
        || type == typeof(Guid) || type == typeof(Handle) || type == typeof(int) || type == typeof(bool) || type == typeof(DateTimeOffset) || type == typeof(DateOnly);

    /// <summary>The type itself, or what a list, a nullable or a tuple is made of.</summary>
    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { IsArray: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts),
        _ => [type],
    };

    /// <summary>The live islands and every component of ours that they are made of: read from what they render.</summary>
    private static HashSet<Type> Interactive()
    {
        var islands = Web.GetTypes().Where(type => type.IsSubclassOf(typeof(LiveIsland)) && !type.IsAbstract).ToList();
        HashSet<Type> seen = [.. islands];
        Queue<Type> left = new(islands);
        while (left.TryDequeue(out var component))
        {
            foreach (var child in Rendered(component).Where(seen.Add))
                left.Enqueue(child);
        }

        return seen;
    }

    private static IEnumerable<Type> Rendered(Type component)
    {
        var methods = component.GetMethods(Everything).Concat(component.GetNestedTypes(BindingFlags.NonPublic).SelectMany(nested => nested.GetMethods(Everything)));
        foreach (var code in methods.Select(method => method.GetMethodBody()?.GetILAsByteArray()).OfType<byte[]>())
        {
            for (var at = 0; at + 4 < code.Length; at++)
            {
                if (code[at] == 0x28 || code[at] == 0x6F) // call, callvirt: OpenComponent<T> names the child
                {
                    MethodBase? called = null;
                    try
                    {
                        called = component.Module.ResolveMethod(BitConverter.ToInt32(code, at + 1), component.GetGenericArguments(), []);
                    }
                    catch (Exception notAMethod) when (notAMethod is ArgumentException or BadImageFormatException)
                    {
                        continue; // these bytes are an operand of something else
                    }

                    if (called is MethodInfo { Name: "OpenComponent", IsGenericMethod: true } open && open.GetGenericArguments()[0].Assembly == Web)
                        yield return open.GetGenericArguments()[0];
                }
            }
        }
    }
}
