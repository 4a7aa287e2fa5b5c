using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PeerSupport.Analyzers;

/// <summary>One call by which a page is rendered, as far as people read what it is given.</summary>
internal sealed class RenderCall
{
    /// <summary>Attributes that are read by eyes, or aloud.</summary>
    private static readonly HashSet<string> Visible = new(StringComparer.OrdinalIgnoreCase)
    {
        "title", "alt", "placeholder", "label", "summary", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext",
    };

    /// <summary>Parameters of our components that carry names and addresses. Any other is taken for words.</summary>
    private static readonly HashSet<string> Technical = new(StringComparer.Ordinal)
    {
        "Action", "Anchor", "Class", "Style", "Handler", "Href", "Id", "Icon", "Kind", "List", "Method", "Mode", "Name", "Path", "Prefix", "Src", "Target", "To", "Type",
    };

    private RenderCall(ExpressionSyntax? shown, string? component) => (Shown, Component) = (shown, component);

    /// <summary>What people read; null for a component.</summary>
    public ExpressionSyntax? Shown { get; }

    /// <summary>"En" or "Es" where one of these begins.</summary>
    public string? Component { get; }

    /// <summary>Null for whatever renders no words.</summary>
    public static RenderCall? Read(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name: { } name })
            return null;
        var arguments = call.ArgumentList.Arguments;
        var read = name.Identifier.ValueText switch
        {
            "OpenComponent" => name is GenericNameSyntax generic && LanguageBlocks.NameOf(generic) is { } language ? new RenderCall(null, language) : null,
            "AddContent" or "AddMarkupContent" when arguments.Count > 1 => Showing(arguments[1]),
            "AddAttribute" when arguments.Count > 2 => Text(arguments[1], model, cancellationToken) is { } attribute
                && (Visible.Contains(attribute) || (attribute == "value" && IsOfButton(call))) ? Showing(arguments[2]) : null,
            "AddComponentParameter" when arguments.Count > 2 => Text(arguments[1], model, cancellationToken) is { } parameter && !Technical.Contains(parameter) ? Showing(arguments[2]) : null,
            _ => null,
        };
        return read is not null && model.GetSymbolInfo(call, cancellationToken).Symbol?.ContainingType.Name == "RenderTreeBuilder" ? read : null;
    }

    /// <summary>The call in a statement of a rendering, if its name begins so.</summary>
    public static InvocationExpressionSyntax? Of(StatementSyntax statement, string beginning) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call }
            && name.StartsWith(beginning, StringComparison.Ordinal) ? call : null;

    private static RenderCall Showing(ArgumentSyntax argument) => new(argument.Expression, null);

    private static string? Text(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetConstantValue(argument.Expression, cancellationToken).Value as string;

    /// <summary>The value of a button that is an input is what stands on it; any other value is for the server.</summary>
    private static bool IsOfButton(InvocationExpressionSyntax call) =>
        call.FirstAncestorOrSelf<StatementSyntax>() is { } statement
        && LanguageBlocks.Siblings(statement) is { } siblings
        && siblings.Take(siblings.IndexOf(statement)).Reverse().TakeWhile(one => Of(one, "OpenElement") is null).Any(one =>
            Of(one, "AddAttribute") is { } other && other.ArgumentList.Arguments.Count > 2
            && other.ArgumentList.Arguments[1].Expression is LiteralExpressionSyntax { Token.ValueText: "type" }
            && other.ArgumentList.Arguments[2].Expression is LiteralExpressionSyntax { Token.ValueText: "submit" or "button" or "reset" });
}
