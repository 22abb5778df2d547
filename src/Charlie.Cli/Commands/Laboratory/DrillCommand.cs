using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Laboratory;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Scenarios;
using Spectre.Console;

namespace Charlie.Cli.Commands.Laboratory;

/// <summary>
/// <c>charlie drill</c>: deployments in real time, with the functions as processes that are killed, and events that
/// get lost.
/// </summary>
internal static class DrillCommand
{
    private const int MaxDeployments = 1000;
    private const int MaxInstances = 20;

    // What is shown of the timeline when a deployment comes to no end.
    private const int LastEntries = 400;

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // A minute of the sweep's schedule lasts two seconds, and Lambda retries sooner.
    private static readonly AwsTimings Timings = new()
    {
        Launch = TimeSpan.FromMilliseconds(300),
        Termination = TimeSpan.FromMilliseconds(300),
        GroupCheck = TimeSpan.FromMilliseconds(200),
        LifecycleStep = TimeSpan.FromMilliseconds(100),
        AsyncRetry = TimeSpan.FromMilliseconds(500),
        ScheduleMinute = TimeSpan.FromSeconds(2),
    };

    public static Command Create(TimeProvider time)
    {
        var deployments = Number("--deployments", "How many images are deployed, one upon the other", 20, 1, MaxDeployments);
        var instances = Number("--instances", "The group's size; more than one are replaced by instance refreshes", 1, 1, MaxInstances);
        var seed = Number("--seed", "Draws the images, and what goes wrong", 1, 0, int.MaxValue);
        var json = new Option<bool>("--json") { Description = "Print what became of each deployment as JSON" };
        var command = new Command(
            "drill", "Deploy again and again in real time while processes are killed and a third of all events gets lost")
        {
            deployments, instances, seed, json, EmbeddedOptions.Strategy, EmbeddedOptions.Template, EmbeddedOptions.Functions,
        };
        command.Validators.Add(result =>
        {
            // Read as it was typed: a value that is no number has its own error.
            if (result.GetResult(instances)?.Tokens is [.., var last] && int.TryParse(last.Value, out var number) && number > 1
                && result.GetValue(EmbeddedOptions.Strategy) == "Handover")
            {
                result.AddError("--strategy Handover is for one instance: leave --instances out.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            new LocalAwsOptions
            {
                TemplatePath = parsed.GetValue(EmbeddedOptions.Template)!,
                FunctionPath = parsed.GetValue(EmbeddedOptions.Functions)!,
                Instances = parsed.GetValue(instances),
                Strategy = parsed.GetValue(EmbeddedOptions.Strategy)!,
                Timings = Timings,
                BootDelay = TimeSpan.FromMilliseconds(300),
                BakeSeconds = 2,
                // In real time: a good image on a busy machine must become healthy within it.
                HealthDeadlineSeconds = 15,
            },
            parsed.GetValue(deployments),
            parsed.GetValue(seed),
            parsed.GetValue(json),
            time,
            cancellation));
        return command;
    }

    private static Option<int> Number(string name, string description, int usual, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => usual };
        option.CustomParser = argument =>
        {
            if (int.TryParse(argument.Tokens.Single().Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= min && number <= max)
            {
                return number;
            }

            argument.AddError($"{name} must be a number from {min} to {max}; it is '{argument.Tokens.Single().Value}'.");
            return usual;
        };
        return option;
    }

    private static async Task<int> RunAsync(
        LocalAwsOptions options, int deployments, int seed, bool json, TimeProvider time, CancellationToken cancellation)
    {
        var console = Screen.Open();
        var started = time.GetUtcNow();
        var drilled = new List<Drilled>();
        await using var aws = await LocalAws.StartAsync(options, cancellation);
        var scenario = new DrillScenario(
            aws,
            seed,
            (one, of) =>
            {
                drilled.Add(one);
                if (!json)
                {
                    Summary.Drilled(console, one, drilled.Count, of);
                }
            },
            time);
        var checks = await RunAsync();
        if (json)
        {
            var shown = drilled.Select(one => new
            {
                one.Release,
                Behaviour = $"{one.Behaviour}",
                one.Pushes,
                one.Ended,
                Seconds = one.Took.TotalSeconds,
            });
            Console.Out.WriteLine(JsonSerializer.Serialize(new { Deployments = shown, Checks = checks }, Indented));
        }
        else
        {
            Summary.Checks(console, checks, time.GetUtcNow() - started);
        }

        return checks.All(check => check.Holds) ? ExitCodes.Success : ExitCodes.Failure;

        async Task<IReadOnlyList<Check>> RunAsync()
        {
            try
            {
                return await scenario.RunAsync(deployments, options.Instances, cancellation);
            }
            catch (StuckException) when (!json)
            {
                var view = new TimelineView(console, started);
                foreach (var entry in aws.Timeline.From(0).TakeLast(LastEntries))
                {
                    view.Show(entry);
                }

                throw;
            }
        }
    }
}
