namespace Charlie.Lambdas.Aws;

/// <summary>The topic that people subscribe to.</summary>
internal interface IAlertTopic
{
    /// <summary>Publishes a notification. One that is published twice arrives twice.</summary>
    /// <exception cref="CallException">SNS refused it, or did not respond.</exception>
    Task PublishAsync(string subject, string body);
}
