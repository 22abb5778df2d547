using System.Text;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>SNS's Publish, in the Query protocol.</summary>
/// <param name="arn">The topic's ARN; its region is where it is called.</param>
internal sealed class SnsTopic(SignedCalls calls, string arn) : IAlertTopic
{
    public Task PublishAsync(string subject, string body, bool isToAct) => calls.PostAsync(
        arn.Split(':')[3],
        "sns",
        "SNS",
        "application/x-www-form-urlencoded",
        Encoding.UTF8.GetBytes(string.Join(
            '&',
            "Action=Publish",
            "Version=2010-03-31",
            $"TopicArn={Uri.EscapeDataString(arn)}",
            $"Subject={Uri.EscapeDataString(subject)}",
            $"Message={Uri.EscapeDataString(body)}",
            "MessageAttributes.entry.1.Name=severity",
            "MessageAttributes.entry.1.Value.DataType=String",
            $"MessageAttributes.entry.1.Value.StringValue={(isToAct ? "act" : "info")}")));
}
