namespace Charlie.Lambdas.Decisions;

/// <summary>What the stack of these functions deploys to, by name.</summary>
internal sealed record StackNames(string App, string Group, string LaunchHook);
