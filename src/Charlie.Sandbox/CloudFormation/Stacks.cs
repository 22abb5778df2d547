namespace Charlie.Sandbox.CloudFormation;

/// <summary>A stack as CloudFormation tells of it.</summary>
/// <param name="Parameters">The values that were given; a parameter with its default is not among them.</param>
public sealed record DescribedStack(
    string Name,
    DateTimeOffset CreatedAt,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Outputs)
{
    public string Id => Account.Arn("cloudformation", $"stack/{Name}/0c4a711e-5a0d-4000-8000-000000000000");
}

/// <summary>The account's stacks: what the sandbox deployed, and what it was told of.</summary>
public sealed class Stacks
{
    private readonly SortedDictionary<string, DescribedStack> stacks = new(StringComparer.Ordinal);

    public IReadOnlyCollection<DescribedStack> All => stacks.Values;

    /// <summary>By its name or its ARN.</summary>
    public DescribedStack? Find(string name) => stacks.GetValueOrDefault(name) ?? stacks.Values.FirstOrDefault(stack => stack.Id == name);

    /// <summary>Puts a stack, new or anew. Called under the cloud's lock.</summary>
    public void Put(DescribedStack stack) => stacks[stack.Name] = stack;
}
