using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PeerSupport.Analyzers;

/// <summary>A call whose parameters are called "english" and "spanish": T, a refusal, what is wrong with a field.</summary>
internal sealed class LanguagePair
{
    private LanguagePair(ExpressionSyntax english, ExpressionSyntax spanish, bool isTranslated) =>
        (English, Spanish, IsTranslated) = (Shown(english), Shown(spanish), isTranslated);

    public string English { get; }
    public string Spanish { get; }

    /// <summary>Both say something, and not the same.</summary>
    public bool IsTranslated { get; }

    /// <summary>Null for any other call.</summary>
    public static LanguagePair? Read(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        var arguments = node switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            BaseObjectCreationExpressionSyntax made => made.ArgumentList,
            _ => null,
        };
        if (arguments is not { Arguments.Count: > 1 } || model.GetSymbolInfo(node, cancellationToken).Symbol is not IMethodSymbol method)
            return null;
        var english = Argument(arguments, method, "english");
        var spanish = Argument(arguments, method, "spanish");
        if (english is null || spanish is null || (node is BaseObjectCreationExpressionSyntax && IsEmpty(english) && IsEmpty(spanish)))
            return null; // the last: a form that nobody has filled in yet
        return new(english, spanish, IsTranslation(english, spanish, model, cancellationToken));
    }

    private static bool IsTranslation(ExpressionSyntax english, ExpressionSyntax spanish, SemanticModel model, CancellationToken cancellationToken)
    {
        var (one, other) = (Text(english, model, cancellationToken), Text(spanish, model, cancellationToken));
        if (one is null || other is null)
            return !Says(english) || !SyntaxFactory.AreEquivalent(english, spanish);
        if (string.IsNullOrWhiteSpace(one) || string.IsNullOrWhiteSpace(other))
            return false;
        return !string.Equals(one, other, StringComparison.Ordinal) || PlainText.IsAlike(one);
    }

    private static bool IsEmpty(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.ValueText: "" };

    /// <summary>Whether there are words in it: the name of an agency, read from the records, is the same in both languages.</summary>
    private static bool Says(ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf().Any(node => node is InterpolatedStringExpressionSyntax || node.IsKind(SyntaxKind.StringLiteralExpression));

    private static ExpressionSyntax? Argument(ArgumentListSyntax list, IMethodSymbol method, string name)
    {
        var parameter = method.Parameters.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        if (parameter is null)
            return null;
        var named = list.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name);
        return (named ?? (parameter.Ordinal < list.Arguments.Count ? list.Arguments[parameter.Ordinal] : null))?.Expression;
    }

    private static string? Text(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: string text } ? text : null;

    private static string Shown(ExpressionSyntax expression)
    {
        var text = expression is LiteralExpressionSyntax literal ? literal.Token.ValueText : expression.ToString();
        return text.Length > 60 ? text.Substring(0, 60) + "…" : text;
    }
}
