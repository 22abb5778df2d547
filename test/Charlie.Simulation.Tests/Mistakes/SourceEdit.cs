using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>
/// Finds an edit's place by its type and member, so that neither the file, nor the order of members, nor white space matters.
/// </summary>
internal static class SourceEdit
{
    /// <returns>The tree that the edit changes, and the tree that takes its place.</returns>
    /// <exception cref="InvalidOperationException">No such member holds the text exactly once.</exception>
    public static (SyntaxTree Before, SyntaxTree After) Apply(Edit edit, IEnumerable<SyntaxTree> trees)
    {
        var wanted = string.Concat(edit.From.Where(letter => !char.IsWhiteSpace(letter)));
        var places = (
            from tree in trees
            from member in Members(tree.GetRoot(), edit.Member)
            from span in Occurrences(member, wanted)
            select (Tree: tree, Span: span)).Distinct().ToList();
        if (places is not [var place])
        {
            throw new InvalidOperationException($"{edit.Member} holds {places.Count} times, and not once: {edit.From}");
        }

        var text = place.Tree.GetText().WithChanges(new TextChange(place.Span, edit.To));
        return (place.Tree, place.Tree.WithChangedText(text));
    }

    private static IEnumerable<SyntaxNode> Members(SyntaxNode root, string name)
    {
        var (type, member) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        var types = root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(node => node.Identifier.Text == type).ToList();
        return type == member
            ? types
            : types.SelectMany(node => node.Members).Where(node => NameOf(node) == member);
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        ConstructorDeclarationSyntax => ".ctor",
        _ => null,
    };

    private static IEnumerable<TextSpan> Occurrences(SyntaxNode member, string wanted)
    {
        var text = member.ToString();
        var places = Enumerable.Range(0, text.Length).Where(index => !char.IsWhiteSpace(text[index])).ToArray();
        var dense = string.Concat(places.Select(index => text[index]));
        for (var start = dense.IndexOf(wanted, StringComparison.Ordinal); start >= 0; start =
            dense.IndexOf(wanted, start + 1, StringComparison.Ordinal))
        {
            yield return TextSpan.FromBounds(member.SpanStart + places[start], member.SpanStart + places[start + wanted.Length - 1] + 1);
        }
    }
}
