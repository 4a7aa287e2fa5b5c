using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PeerSupport.Analyzers;

/// <summary>The components En and Es, as Razor writes them: opened, given their content as a lambda, closed.</summary>
internal static class LanguageBlocks
{
    /// <summary>"En" or "Es", for the call that opens one of them.</summary>
    public static string? NameOf(GenericNameSyntax open) => Last(open.TypeArgumentList.Arguments[0]) is ("En" or "Es") and var name ? name : null;

    /// <summary>Whether this is said inside one of the two languages.</summary>
    public static bool Around(SyntaxNode node) => node.Ancestors().OfType<LambdaExpressionSyntax>().Any(lambda =>
        lambda.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } statement
        && Siblings(statement) is { } siblings
        && siblings.IndexOf(statement) is > 0 and var index
        && Opened(siblings[index - 1]) is not null);

    /// <summary>The language that does not stand beside this one; null when it does.</summary>
    public static string? Missing(InvocationExpressionSyntax open, string name)
    {
        var statement = open.FirstAncestorOrSelf<StatementSyntax>();
        if (statement is null || Siblings(statement) is not { } siblings)
            return name == "En" ? "Es" : "En";
        var index = siblings.IndexOf(statement);
        if (name == "En")
            return Next(siblings, Closing(siblings, index) + 1) is { } next && Opened(next) == "Es" ? null : "Es";
        for (var before = index - 1; before >= 0; before--)
        {
            if (Opened(siblings[before]) == "En" && ReferenceEquals(Next(siblings, Closing(siblings, before) + 1), statement))
                return null;
        }

        return "En";
    }

    /// <summary>The statements that a statement stands among.</summary>
    public static List<StatementSyntax>? Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => [.. block.Statements],
        SwitchSectionSyntax section => [.. section.Statements],
        _ => null,
    };

    private static string? Opened(StatementSyntax statement) =>
        RenderCall.Of(statement, "OpenComponent") is { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax open } } ? NameOf(open) : null;

    private static int Closing(List<StatementSyntax> statements, int opening)
    {
        var depth = 0;
        for (var index = opening; index < statements.Count; index++)
        {
            if (RenderCall.Of(statements[index], "Open") is not null)
                depth++;
            else if (RenderCall.Of(statements[index], "Close") is not null && --depth == 0)
                return index;
        }

        return statements.Count;
    }

    /// <summary>The next statement that is more than white space between two tags.</summary>
    private static StatementSyntax? Next(List<StatementSyntax> statements, int from) => statements.Skip(from).FirstOrDefault(statement =>
        !((RenderCall.Of(statement, "AddMarkupContent") ?? RenderCall.Of(statement, "AddContent"))?.ArgumentList.Arguments is { Count: > 1 } arguments
            && arguments[1].Expression is LiteralExpressionSyntax { Token.ValueText: var text } && string.IsNullOrWhiteSpace(text)));

    private static string Last(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
