using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace PeerSupport.Analyzers;

/// <summary>
/// Every word a person reads stands in English and in Spanish, side by side. This looks at the C# that Razor makes of a
/// page, and a word that stands there in one language only fails the build.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BothLanguagesAnalyzer : DiagnosticAnalyzer
{
    private const string Category = "PeerSupport.Languages";

    /// <summary>Words on a page outside of T, En and Es.</summary>
    public static readonly DiagnosticDescriptor OneLanguage = new(
        "PSL001", "A word stands in one language only",
        "“{0}” is shown by {1} in one language only: write T(\"English\", \"Español\"), or <En> and <Es>", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <summary>A paragraph in one of the two languages.</summary>
    public static readonly DiagnosticDescriptor NoOther = new(
        "PSL002", "A paragraph stands in one language only",
        "<{0}> in {1} has no <{2}> beside it: the Spanish follows the English at once", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <summary>Both languages are given, and one of them says nothing of its own.</summary>
    public static readonly DiagnosticDescriptor NotTranslated = new(
        "PSL003", "The Spanish is empty, or is the English",
        "{0}: the English is “{1}” and the Spanish is “{2}”", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [OneLanguage, NoOther, NotTranslated];

    public override void Initialize(AnalysisContext context)
    {
        // Pages are generated code, and they are what this is about.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var followed = new ConcurrentDictionary<ISymbol, byte>(SymbolEqualityComparer.Default);
            start.RegisterSyntaxNodeAction(node => Rendered(node, followed), SyntaxKind.InvocationExpression);
            start.RegisterSyntaxNodeAction(Pairs, SyntaxKind.InvocationExpression, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
        });
    }

    /// <summary>Where a page is: as its author knows it.</summary>
    internal static string FileOf(SyntaxNode node)
    {
        var path = node.GetLocation().GetMappedLineSpan().Path.Replace('\\', '/');
        var name = path.Substring(path.LastIndexOf('/') + 1);
        return name.Replace("_razor.g.cs", ".razor");
    }

    private static void Rendered(SyntaxNodeAnalysisContext context, ConcurrentDictionary<ISymbol, byte> followed)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (RenderCall.Read(call, context.SemanticModel, context.CancellationToken) is not { } rendered)
            return;
        if (rendered.Component is { } component)
        {
            if (LanguageBlocks.Missing(call, component) is { } missing)
                context.ReportDiagnostic(Diagnostic.Create(NoOther, call.GetLocation(), component, FileOf(call), missing));
            return;
        }

        if (rendered.Shown is not { } shown || LanguageBlocks.Around(call))
            return;
        foreach (var (place, text) in new ShownValues(context.Compilation, followed, context.CancellationToken).Of(shown, context.SemanticModel))
        {
            if (PlainText.WordsOf(text) is { } words)
                context.ReportDiagnostic(Diagnostic.Create(OneLanguage, place.GetLocation(), words, FileOf(place)));
        }
    }

    private static void Pairs(SyntaxNodeAnalysisContext context)
    {
        if (LanguagePair.Read(context.Node, context.SemanticModel, context.CancellationToken) is { IsTranslated: false } pair)
            context.ReportDiagnostic(Diagnostic.Create(NotTranslated, context.Node.GetLocation(), FileOf(context.Node), pair.English, pair.Spanish));
    }
}
