namespace Charlie.Sandbox.CloudFormation;

/// <summary>A stack as CloudFormation tells of it.</summary>
/// <param name="Parameters">The values that were given; a parameter with its default is not among them.</param>
public sealed record DescribedStack(
    string Name,
    DateTimeOffset CreatedAt,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Outputs)
{
    public const string Complete = "CREATE_COMPLETE";

    public const string Reviewed = "REVIEW_IN_PROGRESS";

    public const string Deleting = "DELETE_IN_PROGRESS";

    public string Id => Account.Arn("cloudformation", $"stack/{Name}/0c4a711e-5a0d-4000-8000-000000000000");

    /// <summary>CloudFormation's own word for it.</summary>
    public string Status { get; init; } = Complete;

    public string? StatusReason { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The text that it was made of; <c>null</c> for a stack that the sandbox was only told of.</summary>
    public string? Template { get; init; }
}

/// <summary>A change that was asked for and is not made yet.</summary>
/// <param name="Failure">Why it cannot be made; <c>null</c> where it can.</param>
public sealed record ChangeSet(
    string Id,
    string Name,
    string Stack,
    string Template,
    IReadOnlyDictionary<string, string> Parameters,
    DateTimeOffset At,
    string? Failure)
{
    public bool IsDone { get; init; }

    /// <summary>The stack's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>What makes and deletes that of which a stack is made. Called under the cloud's lock.</summary>
public interface IStackDeployer
{
    /// <summary>Looks whether a template can be deployed with these values.</summary>
    /// <param name="before">The stack that would be updated; <c>null</c> for a new one.</param>
    /// <exception cref="Template.TemplateException">It cannot.</exception>
    void Check(string stack, string template, IReadOnlyDictionary<string, string> parameters, DescribedStack? before);

    /// <summary>Makes or updates it; returns the outputs.</summary>
    /// <exception cref="Template.TemplateException">It cannot be made; nothing is left of it.</exception>
    IReadOnlyDictionary<string, string> Deploy(
        string stack, string template, IReadOnlyDictionary<string, string> parameters, DescribedStack? before);

    /// <summary>Deletes it, and calls <paramref name="done"/> once all is gone, with what stands in the way if something does.</summary>
    void Delete(DescribedStack stack, Action<string?> done);
}

/// <summary>The account's stacks: what the sandbox deployed, and what it was told of.</summary>
public sealed class Stacks
{
    private readonly SortedDictionary<string, DescribedStack> stacks = new(StringComparer.Ordinal);

    public IReadOnlyCollection<DescribedStack> All => stacks.Values;

    /// <summary>The newest change sets of each stack, by their ids.</summary>
    public Dictionary<string, ChangeSet> ChangeSets { get; } = new(StringComparer.Ordinal);

    /// <summary>What deploys here; <c>null</c> where nothing does.</summary>
    public IStackDeployer? Deployer { get; set; }

    /// <summary>By its name or its ARN.</summary>
    public DescribedStack? Find(string name) => stacks.GetValueOrDefault(name) ?? stacks.Values.FirstOrDefault(stack => stack.Id == name);

    /// <summary>Puts a stack, new or anew. Called under the cloud's lock.</summary>
    public void Put(DescribedStack stack) => stacks[stack.Name] = stack;

    public void Remove(string name) => stacks.Remove(name);
}
