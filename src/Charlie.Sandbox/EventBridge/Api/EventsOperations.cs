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
          Targets.n.HttpParameters.PathParameterValues.n Targets.n.HttpParameters.HeaderParameters.*
          Targets.n.HttpParameters.QueryStringParameters.*
        RemoveTargets Rule EventBusName Ids.n
        ListTargetsByRule Rule EventBusName Limit NextToken
        CreateConnection Name Description AuthorizationType
          AuthParameters.BasicAuthParameters.Username AuthParameters.BasicAuthParameters.Password
          AuthParameters.ApiKeyAuthParameters.ApiKeyName AuthParameters.ApiKeyAuthParameters.ApiKeyValue
          AuthParameters.InvocationHttpParameters.HeaderParameters.n.Key AuthParameters.InvocationHttpParameters.HeaderParameters.n.Value
          AuthParameters.InvocationHttpParameters.HeaderParameters.n.IsValueSecret
          AuthParameters.InvocationHttpParameters.QueryStringParameters.n.Key
          AuthParameters.InvocationHttpParameters.QueryStringParameters.n.Value
          AuthParameters.InvocationHttpParameters.QueryStringParameters.n.IsValueSecret
          AuthParameters.InvocationHttpParameters.BodyParameters.n.Key AuthParameters.InvocationHttpParameters.BodyParameters.n.Value
          AuthParameters.InvocationHttpParameters.BodyParameters.n.IsValueSecret
        UpdateConnection Name Description AuthorizationType
          AuthParameters.BasicAuthParameters.Username AuthParameters.BasicAuthParameters.Password
          AuthParameters.ApiKeyAuthParameters.ApiKeyName AuthParameters.ApiKeyAuthParameters.ApiKeyValue
          AuthParameters.InvocationHttpParameters.HeaderParameters.n.Key AuthParameters.InvocationHttpParameters.HeaderParameters.n.Value
          AuthParameters.InvocationHttpParameters.HeaderParameters.n.IsValueSecret
          AuthParameters.InvocationHttpParameters.QueryStringParameters.n.Key
          AuthParameters.InvocationHttpParameters.QueryStringParameters.n.Value
          AuthParameters.InvocationHttpParameters.QueryStringParameters.n.IsValueSecret
          AuthParameters.InvocationHttpParameters.BodyParameters.n.Key AuthParameters.InvocationHttpParameters.BodyParameters.n.Value
          AuthParameters.InvocationHttpParameters.BodyParameters.n.IsValueSecret
        DescribeConnection Name
        ListConnections NamePrefix ConnectionState Limit NextToken
        DeauthorizeConnection Name
        DeleteConnection Name
        CreateApiDestination Name Description ConnectionArn InvocationEndpoint HttpMethod InvocationRateLimitPerSecond
        UpdateApiDestination Name Description ConnectionArn InvocationEndpoint HttpMethod InvocationRateLimitPerSecond
        DescribeApiDestination Name
        ListApiDestinations NamePrefix ConnectionArn Limit NextToken
        DeleteApiDestination Name
        """);
}
