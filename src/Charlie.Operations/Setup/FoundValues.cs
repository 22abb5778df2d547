namespace Charlie.Operations.Setup;

/// <summary>A parameter's value, and the stack that tells it.</summary>
internal sealed record FoundValue(string Value, string Stack);

/// <summary>What the account's stacks say of an app's parameters.</summary>
/// <param name="Values">By the parameter's name.</param>
/// <param name="Disputed">Parameters that several stacks tell differently, by name, with those stacks.</param>
internal sealed record FoundValues(
    IReadOnlyDictionary<string, FoundValue> Values, IReadOnlyDictionary<string, IReadOnlyList<string>> Disputed)
{
    public static readonly FoundValues None =
        new(new Dictionary<string, FoundValue>(), new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>
    /// The parameters that the app's own stack was given, and else the outputs of the others that have a parameter's name: the
    /// templates of <c>infrastructure/</c> name them so.
    /// </summary>
    /// <param name="own">The name of the app's stack, which need not be there yet.</param>
    /// <param name="names">The parameters of its template.</param>
    /// <param name="from">The only other stacks to look at; none for all of them.</param>
    public static FoundValues Of(IReadOnlyList<StackFacts> stacks, string own, IEnumerable<string> names, IReadOnlyCollection<string> from)
    {
        var values = new Dictionary<string, FoundValue>(StringComparer.Ordinal);
        var disputed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var installed = stacks.FirstOrDefault(stack => stack.Name == own);
        var others = stacks.Where(stack => stack.Name != own && (from.Count == 0 || from.Contains(stack.Name))).ToList();
        foreach (var name in names)
        {
            if (installed?.Parameters.GetValueOrDefault(name) is { } given)
            {
                values[name] = new FoundValue(given, own);
                continue;
            }

            var told = others.Where(stack => stack.Outputs.ContainsKey(name)).ToList();
            if (told.Select(stack => stack.Outputs[name]).Distinct().Count() > 1)
            {
                disputed[name] = [.. told.Select(stack => stack.Name)];
            }
            else if (told is [var first, ..])
            {
                values[name] = new FoundValue(first.Outputs[name], first.Name);
            }
        }

        return new FoundValues(values, disputed);
    }
}
