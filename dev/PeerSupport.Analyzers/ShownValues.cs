using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PeerSupport.Analyzers;

/// <summary>
/// The texts an expression may turn out to be: both sides of a choice, the arms of a switch, and what stands in the
/// properties, methods, fields and locals it names. Texts that only help to decide, such as a compared one, are none.
/// </summary>
internal sealed class ShownValues(Compilation compilation, ConcurrentDictionary<ISymbol, byte> followed, CancellationToken cancellationToken)
{
    /// <summary>Stands for a value in the middle of a text.</summary>
    private const char Hole = '\u0001';

    /// <summary>Each text, and where it is written.</summary>
    public IEnumerable<(SyntaxNode Place, string Text)> Of(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => [(expression, text)],
        InterpolatedStringExpressionSyntax interpolated => Of(interpolated, model),
        ParenthesizedExpressionSyntax inner => Of(inner.Expression, model),
        CastExpressionSyntax cast => Of(cast.Expression, model),
        AwaitExpressionSyntax awaited => Of(awaited.Expression, model),
        PostfixUnaryExpressionSyntax sure => Of(sure.Operand, model),
        ConditionalExpressionSyntax choice => Of(choice.WhenTrue, model).Concat(Of(choice.WhenFalse, model)),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.AddExpression) || both.IsKind(SyntaxKind.CoalesceExpression) => Of(both.Left, model).Concat(Of(both.Right, model)),
        SwitchExpressionSyntax arms => arms.Arms.SelectMany(arm => Of(arm.Expression, model)),
        InvocationExpressionSyntax call => OfCall(call, model),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => model.GetSymbolInfo(expression, cancellationToken).Symbol is { } symbol ? Written(symbol) : [],
        _ => [],
    };

    private IEnumerable<(SyntaxNode, string)> Of(InterpolatedStringExpressionSyntax interpolated, SemanticModel model)
    {
        var text = new StringBuilder();
        var holes = new List<ExpressionSyntax>();
        foreach (var part in interpolated.Contents)
        {
            if (part is InterpolationSyntax hole && !PlainText.EndsInsideTag(text.ToString()))
                holes.Add(hole.Expression);
            text.Append(part is InterpolatedStringTextSyntax words ? words.TextToken.ValueText : Hole.ToString());
        }

        return new[] { ((SyntaxNode)interpolated, text.ToString()) }.Concat(holes.SelectMany(hole => Of(hole, model)));
    }

    private IEnumerable<(SyntaxNode, string)> OfCall(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || method.Parameters.Any(parameter => parameter.Name == "spanish"))
            return [];
        var arguments = call.ArgumentList.Arguments;
        if (method.Name == "TypeCheck")
            return Of(arguments[0].Expression, model);
        if (method.DeclaringSyntaxReferences.Length > 0)
            return Written(method).Concat(arguments.Where((_, index) => index < method.Parameters.Length && method.Parameters[index].Name is "one" or "many").SelectMany(argument => Of(argument.Expression, model)));
        // Somebody else's method, such as Select or Join: what it makes texts with.
        var texts = arguments.Select(argument => argument.Expression).SelectMany(argument => argument switch
        {
            LambdaExpressionSyntax { ExpressionBody: { } body } => Of(body, model),
            InvocationExpressionSyntax inner => OfCall(inner, model),
            IdentifierNameSyntax or MemberAccessExpressionSyntax when model.GetSymbolInfo(argument, cancellationToken).Symbol is IMethodSymbol group => Written(group),
            _ => [],
        });
        return call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax before } ? texts.Concat(OfCall(before, model)) : texts;
    }

    /// <summary>What is written where a symbol of this project is declared and set. Each is looked at once.</summary>
    private IEnumerable<(SyntaxNode, string)> Written(ISymbol symbol)
    {
        var type = symbol switch
        {
            IMethodSymbol method => method.ReturnType,
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            ILocalSymbol local => local.Type,
            _ => null,
        };
        if (type?.SpecialType != SpecialType.System_String || symbol.DeclaringSyntaxReferences.Length == 0 || !followed.TryAdd(symbol.OriginalDefinition, 0))
            return [];
        return symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).SelectMany(Values)
            .Concat(Assigned(symbol))
            .SelectMany(value => Of(value, compilation.GetSemanticModel(value.SyntaxTree)));
    }

    private static IEnumerable<ExpressionSyntax> Values(SyntaxNode declaration)
    {
        var (arrow, first) = declaration switch
        {
            MethodDeclarationSyntax method => (method.ExpressionBody, null),
            LocalFunctionStatementSyntax local => (local.ExpressionBody, null),
            PropertyDeclarationSyntax property => (property.ExpressionBody, property.Initializer?.Value),
            VariableDeclaratorSyntax variable => (null, variable.Initializer?.Value),
            _ => (null, (ExpressionSyntax?)null),
        };
        var returned = declaration is VariableDeclaratorSyntax ? [] : declaration
            .DescendantNodes(node => node == declaration || node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax))
            .Select(node => node switch
            {
                ReturnStatementSyntax { Expression: { } value } => value,
                AccessorDeclarationSyntax { ExpressionBody.Expression: { } value } => value,
                _ => null,
            });
        return returned.Concat([arrow?.Expression, first]).OfType<ExpressionSyntax>();
    }

    /// <summary>What a field, a property or a local is set to, anywhere in its own type.</summary>
    private IEnumerable<ExpressionSyntax> Assigned(ISymbol symbol) => symbol is IMethodSymbol ? [] :
        from reference in symbol.ContainingType.DeclaringSyntaxReferences
        from assignment in reference.GetSyntax(cancellationToken).DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where assignment.Parent is not InitializerExpressionSyntax // what a record is made with is its maker's to say in both languages
            && assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name
        select assignment.Right;
}
