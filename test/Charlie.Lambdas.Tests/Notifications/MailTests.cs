using System.Text.Json.Nodes;
using Charlie.Lambdas.Notifications;

namespace Charlie.Lambdas.Tests.Notifications;

/// <summary>
/// Every notification in every language, to the word: <c>Mails/</c> has them as people get them. <c>CHARLIE_GOLDEN=write</c> writes
/// them anew.
/// </summary>
public sealed class MailTests
{
    private static readonly string[] Codes = ["en", "pt"];

    private static readonly MailSettings Settings = new("bot", new Dictionary<string, string>
    {
        ["charlie-Lifecycle-Q1W2E3R4T5"] = "charlie-LifecycleLogs-A9S8D7F6",
        ["charlie-Refresh-Q1W2E3R4T5"] = "charlie-RefreshLogs-Z1X2C3V4",
    });

    private static string Folder => Path.Combine(LayoutTests.Root, "test", "Charlie.Lambdas.Tests", "Notifications", "Mails");

    public static TheoryData<string, string> Mails => [.. SampleAlerts.All.SelectMany(name => Codes.Select(code => (name, code)))];

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_notification_is_written_as_its_file_shows_it(string name, string code)
    {
        var mail = Write(name, code);
        var text = $"Subject: {mail.Subject}\n\n{mail.Body}";
        var path = Path.Combine(Folder, $"{name}.{code}.txt");
        if (Environment.GetEnvironmentVariable("CHARLIE_GOLDEN") == "write")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_notification_keeps_to_what_mail_and_SNS_take(string name, string code)
    {
        var mail = Write(name, code);
        Assert.InRange(mail.Subject.Length, 1, 100);
        Assert.All(mail.Subject, character => Assert.InRange(character, ' ', '~'));
        Assert.DoesNotContain('?', mail.Subject);
        var lines = mail.Body.Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 78, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.All(lines, line => Assert.DoesNotMatch("^\"|^[^:]{1,16}:$", line));
    }

    [Fact]
    public void No_file_is_left_of_a_notification_that_there_is_not() =>
        Assert.Equal(
            SampleAlerts.All.SelectMany(name => Codes.Select(code => $"{name}.{code}.txt")).Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>The same rows, and the same first words, as docs/deploying.md has.</summary>
    [Fact]
    public void Each_alert_of_the_table_has_a_notification()
    {
        var rows = File.ReadAllLines(Path.Combine(LayoutTests.Root, "docs", "deploying.md"))
            .SkipWhile(line => line != "## Reading the alerts")
            .SkipWhile(line => !line.StartsWith("| `", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);
        Assert.Equal(
            rows.Order(StringComparer.Ordinal),
            SampleAlerts.All.Select(name => AlertReader.Read(SampleAlerts.Event(name)).Word).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_reason_stands_once_and_a_text_of_an_app_stays_one_line()
    {
        var alert = (Alert.OfReport)AlertReader.Read(SampleAlerts.Event("rolled-back"));
        var strange = alert with { Report = alert.Report with { Reason = $"app: \u001b[31mred\r\nSubject: x {new string('y', 300)}" } };
        var mail = new MailWriter(Settings, new EnglishTexts()).Write(strange);
        Assert.DoesNotContain(mail.Body, character => char.IsControl(character) && character != '\n');
        Assert.All(mail.Body.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
        var usual = Write("rolled-back", "en").Body;
        Assert.Equal(usual.IndexOf("KeyError", StringComparison.Ordinal), usual.LastIndexOf("KeyError", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_is_never_cut()
    {
        var url = $"https://gitlab.example.com/{new string('a', 90)}/-/pipelines/1";
        var alert = (Alert.OfReport)AlertReader.Read(SampleAlerts.Event("confirmed"));
        var mail = new MailWriter(Settings, new EnglishTexts()).Write(alert with { Report = alert.Report with { PipelineUrl = url } });
        Assert.Contains($"Pipeline:\n{url}\n", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_subject_of_the_longest_names_is_cut()
    {
        var alert = (Alert.OfReport)AlertReader.Read(SampleAlerts.Event("all-clear"));
        var mail = new MailWriter(Settings, new PortugueseTexts()).Write(
            alert with { Report = alert.Report with { App = new string('a', 63), Release = "9223372036854775807.9223372036854775807" } });
        Assert.Equal(100, mail.Subject.Length);
        Assert.EndsWith("...", mail.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("detail-type")]
    [InlineData("time")]
    [InlineData("account")]
    [InlineData("detail.requestContext")]
    [InlineData("detail.responsePayload")]
    [InlineData("detail.responsePayload.outcome")]
    public void An_event_without_what_is_needed_is_an_error(string path)
    {
        var document = JsonNode.Parse(SampleAlerts.Event("confirmed").GetRawText())!.AsObject();
        var names = path.Split('.');
        names[..^1].Aggregate(document, (node, name) => node[name]!.AsObject()).Remove(names[^1]);
        Assert.Throws<AlertException>(() => AlertReader.Read(System.Text.Json.JsonSerializer.SerializeToElement(document)));
    }

    [Fact]
    public void An_outcome_that_nobody_is_told_of_has_no_notification()
    {
        var alert = (Alert.OfReport)AlertReader.Read(SampleAlerts.Event("confirmed"));
        Assert.Throws<AlertException>(
            () => (alert with { Report = alert.Report with { Outcome = Charlie.Lambdas.Reports.Outcome.Superseded } }).Word);
    }

    private static Mail Write(string name, string code) =>
        new MailWriter(Settings, Languages.Find(code)!).Write(AlertReader.Read(SampleAlerts.Event(name)));
}
