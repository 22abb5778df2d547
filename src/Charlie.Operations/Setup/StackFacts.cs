namespace Charlie.Operations.Setup;

/// <summary>A stack of the account: what it was given and what it tells.</summary>
internal sealed record StackFacts(
    string Name, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Outputs);
