using System.Text.Json.Nodes;
using Charlie.Simulation.Production;

namespace Charlie.Cli.Display.Laboratory;

/// <summary>What to paste in another terminal. Written as it is, so that a paste works.</summary>
internal static class Instructions
{
    /// <param name="image">What the event to put names.</param>
    public static void Write(TextWriter output, Uri endpoint, BotImage image)
    {
        var entries = new JsonArray(new JsonObject
        {
            ["EventBusName"] = Pipeline.BusName,
            ["Source"] = "charlie.ci",
            ["DetailType"] = "Image Pushed",
            ["Detail"] = Pipeline.FirstDetail(image).ToJsonString(),
        });
        var url = WriteVariables(output, endpoint);
        output.WriteLine($"""

            aws events put-events --entries '{entries.ToJsonString(Plain)}'

            All of it on a page:  {url}/
            A new image, pushed:  charlie push
            What comes of it:     charlie status --watch
            What an image does:   curl -X PUT {url}/_sandbox/images/<digest> -d '{"{"}"behaviour": "exits"{"}"}'
            What happened:        curl {url}/_sandbox/timeline
            Alerts and messages:  curl {url}/_sandbox/messages

            Ctrl-C ends it.
            """);
    }

    /// <summary>Where to go on after the demo.</summary>
    public static void WriteNext(TextWriter output) => output.WriteLine("""

        Next:  charlie serve            the same AWS, kept running, to push and break
               charlie demo --verbose   every step, every mail, every check
               docs/installing.md       Charlie on an account of yours
        """);

    /// <summary>For an embedded AWS with nothing on it.</summary>
    public static void WriteEmpty(TextWriter output, Uri endpoint)
    {
        var url = WriteVariables(output, endpoint);
        output.WriteLine($"""

            aws autoscaling describe-auto-scaling-groups

            What happened:        curl {url}/_sandbox/timeline

            Ctrl-C ends it.
            """);
    }

    private static string WriteVariables(TextWriter output, Uri endpoint)
    {
        var url = endpoint.ToString().TrimEnd('/');
        output.WriteLine($"""

            In another terminal:

            export AWS_ENDPOINT_URL={url} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
            export AWS_ACCESS_KEY_ID={ProductionGroup.OperatorKey} AWS_SECRET_ACCESS_KEY=not-a-secret
            """);
        return url;
    }

    // Only what JSON must escape, so that a person can read what is pasted.
    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
