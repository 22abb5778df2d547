using System.Text.Json.Serialization;
using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Planning;

/// <summary>What a run of Refresh would do now.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Request">What is asked: a sweep, a push, a rollback or another request.</param>
/// <param name="Outcome">The word of the report that it would end with.</param>
/// <param name="Summary">That report's sentence.</param>
internal sealed record PlanDocument(
    int Shape, string App, DateTimeOffset At, string Request, IReadOnlyList<PlannedAction> Actions, string Outcome, string Summary)
{
    /// <summary>The actions themselves, in their order.</summary>
    [JsonIgnore]
    public IReadOnlyList<AwsAction> Decided { get; init; } = [];

    /// <summary>What the run would come to.</summary>
    [JsonIgnore]
    public RunResult? Result { get; init; }

    /// <summary>Whether the request would not be done: it is stale, invalid or refused.</summary>
    [JsonIgnore]
    public bool IsTurnedDown => Result is RunResult.StaleRequest or RunResult.StalePush or RunResult.Rejected or RunResult.Refused;
}

/// <param name="Action">The action's name: <c>Pin</c>, <c>Terminate</c>.</param>
internal sealed record PlannedAction(string Action, string What, string Why);
