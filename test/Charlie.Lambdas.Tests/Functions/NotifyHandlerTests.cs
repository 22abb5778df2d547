using Amazon.Lambda.TestUtilities;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Tests.Notifications;

namespace Charlie.Lambdas.Tests.Functions;

public sealed class NotifyHandlerTests
{
    private static readonly MailWriter Writer = new(new MailSettings("bot", new Dictionary<string, string>()), new EnglishTexts());

    [Fact]
    public async Task An_alert_is_published_once_and_logged_and_makes_no_report()
    {
        var topic = new Topic();
        var logger = new TestLambdaLogger();

        var report = await new NotifyHandler(Writer, topic, null).HandleAsync(
            SampleAlerts.Event("rolled-back"), new TestLambdaContext { Logger = logger });

        Assert.Null(report);
        Assert.Equal(Writer.Write(AlertReader.Read(SampleAlerts.Event("rolled-back"))), Assert.Single(topic.Published));
        Assert.Contains("\t[bot] ROLLED BACK 1.2 (1048577.7700124): ", logger.Buffer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_published_or_read_is_for_Lambda_to_run_again()
    {
        var handler = new NotifyHandler(Writer, new Topic { Error = new CallException("SNS answered 500") }, null);

        await Assert.ThrowsAsync<CallException>(() => handler.HandleAsync(SampleAlerts.Event("stuck"), new TestLambdaContext()));
        await Assert.ThrowsAsync<AlertException>(() => handler.HandleAsync(default, new TestLambdaContext()));
    }

    [Fact]
    public async Task The_chat_gets_a_copy_and_a_mail_is_not_repeated_for_its_sake()
    {
        var (topic, chat, logger) = (new Topic(), new Topic { Error = new CallException("SNS answered 500") }, new TestLambdaLogger());
        var writer = new ChatWriter(new MailSettings("bot", new Dictionary<string, string>()), new EnglishTexts());

        await new NotifyHandler(Writer, topic, new Chat(writer, chat)).HandleAsync(
            SampleAlerts.Event("confirmed"), new TestLambdaContext { Logger = logger });

        Assert.Single(topic.Published);
        Assert.Equal(writer.Write(AlertReader.Read(SampleAlerts.Event("confirmed"))), Assert.Single(chat.Published).Body);
        Assert.Contains("The chat did not get the notification", logger.Buffer.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> All => [.. SampleAlerts.All];

    /// <summary>What is good to know waits until the morning.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task An_alert_says_whether_somebody_has_to_act(string name)
    {
        var topic = new Topic();
        await new NotifyHandler(Writer, topic, null).HandleAsync(SampleAlerts.Event(name), new TestLambdaContext());
        string[] toKnow = ["CONFIRMED", "OLD BASE", "STARTED", "HELD", "RECORDED", "STOPPED", "STALE"];
        var isToKnow = toKnow.Any(word => topic.Published[0].Subject.Contains($"] {word}", StringComparison.Ordinal));
        Assert.Equal([!isToKnow], topic.ToAct);
    }

    private sealed class Topic : IAlertTopic
    {
        public List<Mail> Published { get; } = [];

        public Exception? Error { get; init; }

        public List<bool> ToAct { get; } = [];

        public Task PublishAsync(string subject, string body, bool isToAct)
        {
            Published.Add(new Mail(subject, body));
            ToAct.Add(isToAct);
            return Error is null ? Task.CompletedTask : Task.FromException(Error);
        }
    }
}
