namespace Charlie.Sandbox.Lambda;

/// <summary>A function as it was deployed.</summary>
/// <param name="Name">The function's name in Lambda.</param>
/// <param name="Handler">What <c>_HANDLER</c> says.</param>
public sealed record FunctionConfiguration(string Name, string Handler)
{
    /// <summary>The name in the template that made it.</summary>
    public string? LogicalId { get; init; }

    /// <summary>1 second to 15 minutes; AWS's default is 3 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>MB, 128 to 10240.</summary>
    public int MemorySize { get; init; } = 128;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the function is configured to log JSON (<c>LoggingConfig</c>).</summary>
    public bool JsonLogs { get; init; }

    /// <summary>Set when <c>LoggingConfig</c> names one.</summary>
    public string? LogGroup { get; init; }

    /// <summary>At most so many invocations at once; <c>null</c> shares the account's limit.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>0 to 2.</summary>
    public int MaximumRetryAttempts { get; init; } = 2;

    /// <summary>One minute to six hours.</summary>
    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The ARN of a bus, topic, queue or function that gets each success.</summary>
    public string? OnSuccess { get; init; }

    /// <summary>The ARN of a bus, topic, queue or function that gets each event that finally failed.</summary>
    public string? OnFailure { get; init; }

    /// <summary>The ARN of the queue or topic for the events that finally failed.</summary>
    public string? DeadLetterArn { get; init; }

    public string Arn => ArnOf(Name);

    /// <summary>Its short name.</summary>
    public string DisplayName => LogicalId ?? Name;

    public static string ArnOf(string name) => Account.Arn("lambda", $"function:{name}");
}
