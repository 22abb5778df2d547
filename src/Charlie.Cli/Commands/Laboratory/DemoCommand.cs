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
        var json = new Option<bool>("--json")
        {
            Description = "Print the functions' reports as JSON; the story goes to standard error",
        };
        var verbose = new Option<bool>("--verbose") { Description = "Print every step, every mail and every check" };
        var command = new Command("demo", "Push a good image, then a bad one, on the embedded AWS, and watch what Charlie does (default)")
        {
            json,
            verbose,
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
            parsed.GetValue(json) ? Output.Json : parsed.GetValue(verbose) ? Output.Everything : Output.Story,
            time,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LocalAwsOptions options, Output output, TimeProvider time, CancellationToken cancellation)
    {
        var console = output == Output.Json ? Screen.OpenError() : Screen.Open();
        var started = time.GetUtcNow();
        var (timeline, story) = (new TimelineView(console, started), new StoryView(console, started));
        var (show, section) = output == Output.Everything
            ? ((Action<TimelineEntry>)timeline.Show, (Action<string>)timeline.Section)
            : (story.Show, story.Section);
        await using var aws = await LocalAws.StartAsync(options, cancellation);
        aws.Timeline.Recorded += show;
        var checks = await new DemoScenario(aws, section, time).RunAsync(cancellation);
        aws.Timeline.Recorded -= show;
        switch (output)
        {
            case Output.Json:
                Console.Out.WriteLine(new JsonArray([.. aws.Reports()]).ToJsonString(Indented));
                break;
            case Output.Everything:
                section("Notifications");
                Summary.Alerts(console, aws.Alerts());
                section("How it ended");
                Summary.Reports(console, aws.Reports());
                Summary.Checks(console, checks, time.GetUtcNow() - started);
                break;
            default:
                Summary.Verdict(console, checks, time.GetUtcNow() - started);
                Instructions.WriteNext(Console.Out);
                break;
        }

        foreach (var failed in output == Output.Json ? checks.Where(check => !check.Holds) : [])
        {
            await Console.Error.WriteLineAsync($"failed: {failed.What}");
        }

        return checks.All(check => check.Holds) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private enum Output
    {
        Story,
        Everything,
        Json,
    }
}
