namespace Charlie.Lambdas.Aws;

/// <summary>The topic that people subscribe to.</summary>
internal interface IAlertTopic
{
    /// <summary>Publishes a notification. One that is published twice arrives twice.</summary>
    /// <param name="isToAct">Whether somebody has to do something: subscriptions may ask for those alone.</param>
    /// <exception cref="CallException">SNS refused it, or did not respond.</exception>
    Task PublishAsync(string subject, string body, bool isToAct);
}
