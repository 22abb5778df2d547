using System.Text;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge.Api;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Tests.EventBridge;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.Wire;

/// <summary><c>docs/sandbox.md</c> lists what is played, no more and no less.</summary>
public sealed class SandboxDocumentTests
{
    private const string Heading = "## Operations\n";
    private const int MaxColumns = 128;

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["autoscaling"] = "Auto Scaling",
        ["cloudformation"] = "CloudFormation",
        ["ec2"] = "EC2",
        ["events"] = "EventBridge",
        ["iam"] = "Identity and Access Management",
        ["logs"] = "CloudWatch Logs",
        ["secretsmanager"] = "Secrets Manager",
        ["sns"] = "SNS",
        ["sqs"] = "SQS",
        ["ssm"] = "Parameter Store",
        ["sts"] = "Security Token Service",
    };

    [Fact]
    public void Every_operation_is_listed_with_its_members()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "sandbox.md");
        var text = File.ReadAllText(path);
        var at = text.IndexOf("\n### ", text.IndexOf(Heading, StringComparison.Ordinal), StringComparison.Ordinal);
        var written = at < 0 ? string.Empty : text[at..];
        var played = Played();
        if (Environment.GetEnvironmentVariable("CHARLIE_REWRITE") == "1" && written != played)
        {
            File.WriteAllText(path, (at < 0 ? text.TrimEnd('\n') + "\n" : text[..at]) + played);
            Assert.Fail("docs/sandbox.md was written anew; look at it and run the test again.");
        }

        Assert.Equal(played, written);
    }

    [Theory]
    [InlineData("254 (203.0.113.1 to 203.0.113.254)")]
    [InlineData("Signatures are not checked")]
    [InlineData("charlie serve --empty")]
    public void What_a_stranger_must_know_is_said(string words) =>
        Assert.Contains(words, File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "sandbox.md")), StringComparison.Ordinal);

    private static string Played()
    {
        using var cloud = new Cloud(new FakeTimeProvider(), new AwsTimings(), seed: 1);
        var plane = new EventPlane(cloud.Context, new ScriptedHost());
        cloud.Endpoint.Add(new EventsApi(plane.Router, plane.Destinations));
        cloud.Endpoint.Add(new SnsApi(plane.Topics));
        cloud.Endpoint.Add(new SqsApi(plane.Queues));
        cloud.Endpoint.Add(new LogsApi(plane.LogGroups));
        var text = new StringBuilder();
        foreach (var (service, operations) in cloud.Endpoint.Played.OrderBy(one => Titles[one.Key], StringComparer.Ordinal))
        {
            text.Append($"\n### {Titles[service]}\n\n");
            foreach (var operation in operations.Names)
            {
                Wrap(text, $"- **{operation}**", operations.MembersOf(operation).Select(member => $"`{member}`"));
            }
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string head, IEnumerable<string> members)
    {
        var column = head.Length;
        text.Append(head);
        foreach (var (index, member) in members.Index())
        {
            text.Append(index == 0 ? ":" : ",");
            if (column + member.Length + 2 > MaxColumns)
            {
                text.Append("\n ");
                column = 1;
            }

            text.Append(' ').Append(member);
            column += member.Length + 2;
        }

        text.Append('\n');
    }
}
