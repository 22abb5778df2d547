using System.CommandLine;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Laboratory;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;
using Spectre.Console;

namespace Charlie.Cli.Commands.Laboratory;

/// <summary><c>charlie simulate</c>: the real functions in simulated time, with all that can go wrong drawn from seeds.</summary>
internal static class SimulateCommand
{
    public static Command Create(TimeProvider time)
    {
        var seeds = new Option<SeedRange>("--seeds")
        {
            Description = "One seed, which is shown with its timeline, or a range as 1..1000",
            HelpName = "seeds",
            DefaultValueFactory = _ => new SeedRange(1, 100),
            CustomParser = result =>
            {
                var range = SeedRange.Read(result.Tokens.Count == 1 ? result.Tokens[0].Value : "");
                if (range is null)
                {
                    result.AddError(SeedRange.Expected);
                }

                return range;
            },
        };
        var tier = new Option<Tier>("--tier")
        {
            Description = "How the functions reach AWS: deep calls the sandbox's operations, wire goes through the official clients",
            HelpName = "deep|wire",
            DefaultValueFactory = _ => Tier.Deep,
        };
        var parallel = new Option<bool>("--parallel") { Description = "Use all processors" };
        var limit = new Option<int?>("--for")
        {
            Description = "Begin no further seed after so many seconds; by default all seeds are run",
            HelpName = "seconds",
        };
        var json = new Option<bool>("--json") { Description = "Print the counts and the violations as JSON" };
        var command = new Command(
            "simulate", "Prove the functions in simulated time, against all that can go wrong") { seeds, tier, limit, parallel, json,
            EmbeddedOptions.Template };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(seeds)!,
            File.ReadAllText(parsed.GetValue(EmbeddedOptions.Template)!),
            parsed.GetValue(tier),
            parsed.GetValue(parallel) ? Environment.ProcessorCount : 1,
            parsed.GetValue(json),
            parsed.GetValue(limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan,
            time,
            cancellation)));
        return command;
    }

    private static int Run(
        SeedRange seeds,
        string template,
        Tier tier,
        int threads,
        bool json,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var console = Screen.Open();
        if (seeds.Count == 1 && !json)
        {
            return ShowOne(console, seeds.First, template, tier);
        }

        var started = time.GetTimestamp();
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        var tally = json
            ? SeedRunner.Run(seeds, template, tier, threads, _ => { }, either.Token)
            : WithProgress(
                console,
                seeds,
                finished => SeedRunner.Run(seeds, template, tier, threads, finished, either.Token, keepHashes: false));
        var took = time.GetElapsedTime(started);
        if (json)
        {
            SimulationView.Json(Console.Out, seeds, tally, took);
        }
        else
        {
            SimulationView.Summary(console, seeds, tally, took);
            foreach (var failed in tally.Failed.Values.Take(1))
            {
                SimulationView.Failure(console, failed, Smallest(failed, template, tier, cancellation));
            }

            foreach (var failed in tally.Failed.Values.Skip(1))
            {
                console.WriteLine($"Also: charlie simulate --seeds {failed.Plan.Seed}  ({failed.Violation!.What})");
            }
        }

        return tally.Failed.Count > 0 ? ExitCodes.Failure
            : cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : ExitCodes.Success;
    }

    // Shrinking takes as many runs as it needs; a run that no one waits for any more is shown as it is.
    private static SimulationResult Smallest(SimulationResult failed, string template, Tier tier, CancellationToken cancellation)
    {
        var read = TemplateDocument.Parse(template);
        try
        {
            return Shrinking.Shrink(failed, Run).Smallest;
        }
        catch (OperationCanceledException)
        {
            return failed;
        }

        SimulationResult Run(Plan plan)
        {
            cancellation.ThrowIfCancellationRequested();
            return SimulationRun.Run(plan, read, tier);
        }
    }

    private static int ShowOne(IAnsiConsole console, int seed, string template, Tier tier)
    {
        var result = SimulationRun.Run(Plan.Draw(seed), TemplateDocument.Parse(template), tier);
        SimulationView.Timeline(console, result);
        return result.Violation is null ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static Tally WithProgress(IAnsiConsole console, SeedRange seeds, Func<Action<Tally>, Tally> run)
    {
        console.WriteLine($"Simulating seeds {seeds.First} to {seeds.Last}.");
        Tally? tally = null;
        console.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask("seeds", maxValue: seeds.Count);
            tally = run(sofar =>
            {
                task.Value = sofar.Runs;
                task.Description = sofar.Failed.Count == 0 ? "seeds" : $"seeds, {sofar.Failed.Count} failed";
            });
        });
        return tally!;
    }
}
