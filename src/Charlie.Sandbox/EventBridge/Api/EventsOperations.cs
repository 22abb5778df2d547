using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>What of EventBridge is played.</summary>
internal static class EventsOperations
{
    public static readonly PlayedOperations Played = PlayedOperations.Of("""
        PutEvents Entries.n.Time Entries.n.Source Entries.n.Resources.n Entries.n.DetailType Entries.n.Detail
          Entries.n.EventBusName
        TestEventPattern EventPattern Event
        CreateEventBus Name Description
        DescribeEventBus Name
        ListEventBuses NamePrefix Limit NextToken
        DeleteEventBus Name
        PutRule Name ScheduleExpression EventPattern State Description RoleArn EventBusName
        DescribeRule Name EventBusName
        ListRules NamePrefix EventBusName Limit NextToken
        DeleteRule Name EventBusName
        EnableRule Name EventBusName
        DisableRule Name EventBusName
        PutTargets Rule EventBusName Targets.n.Id Targets.n.Arn Targets.n.RoleArn Targets.n.Input Targets.n.InputPath
          Targets.n.InputTransformer.InputPathsMap.* Targets.n.InputTransformer.InputTemplate Targets.n.DeadLetterConfig.Arn
          Targets.n.RetryPolicy.MaximumRetryAttempts Targets.n.RetryPolicy.MaximumEventAgeInSeconds
        RemoveTargets Rule EventBusName Ids.n
        ListTargetsByRule Rule EventBusName Limit NextToken
        """);
}
