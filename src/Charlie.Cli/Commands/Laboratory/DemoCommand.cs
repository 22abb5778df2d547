using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Laboratory;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Scenarios;
using Spectre.Console;

namespace Charlie.Cli.Commands.Laboratory;

/// <summary><c>charlie demo</c>: the main job from a push to its end, on the embedded AWS.</summary>
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Everything takes as long as it must to be seen, and no longer.
    private static readonly AwsTimings Timings = new()
    {
        Launch = TimeSpan.FromMilliseconds(700),
        Termination = TimeSpan.FromSeconds(1),
        GroupCheck = TimeSpan.FromMilliseconds(300),
        LifecycleStep = TimeSpan.FromMilliseconds(200),
    };

    public static Command Create(TimeProvider time)
    {
        var json = new Option<bool>("--json") { Description = "Print the functions' reports as JSON instead of the timeline" };
        var command = new Command("demo", "Push a good image, then a bad one, on the embedded AWS, and watch what Charlie does (default)")
        {
            json,
            EmbeddedOptions.Template,
            EmbeddedOptions.Functions,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new LocalAwsOptions
            {
                TemplatePath = parsed.GetValue(EmbeddedOptions.Template)!,
                FunctionPath = parsed.GetValue(EmbeddedOptions.Functions)!,
                Timings = Timings,
                BootDelay = TimeSpan.FromMilliseconds(700),
                BakeSeconds = 2,
                HealthDeadlineSeconds = 20,
            },
            parsed.GetValue(json),
            time,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LocalAwsOptions options, bool json, TimeProvider time, CancellationToken cancellation)
    {
        var console = Screen.Open();
        var started = time.GetUtcNow();
        var view = new TimelineView(console, time.GetUtcNow());
        await using var aws = await LocalAws.StartAsync(options, cancellation);
        if (!json)
        {
            aws.Timeline.Recorded += view.Show;
        }

        var checks = await new DemoScenario(aws, json ? _ => { } : view.Section, time).RunAsync(cancellation);
        aws.Timeline.Recorded -= view.Show;
        if (json)
        {
            Console.Out.WriteLine(new JsonArray([.. aws.Reports()]).ToJsonString(Indented));
        }
        else
        {
            view.Section("Notifications");
            Summary.Alerts(console, aws.Alerts());
            view.Section("How it ended");
            Summary.Reports(console, aws.Reports());
            Summary.Checks(console, checks, time.GetUtcNow() - started);
        }

        foreach (var failed in json ? checks.Where(check => !check.Holds) : [])
        {
            await Console.Error.WriteLineAsync($"failed: {failed.What}");
        }

        return checks.All(check => check.Holds) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
