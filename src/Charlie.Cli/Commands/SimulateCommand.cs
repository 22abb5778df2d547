using System.CommandLine;
using Charlie.Cli.Simulation;

namespace Charlie.Cli.Commands;

/// <summary><c>charlie simulate</c>: the real functions in simulated time, with all that can go wrong drawn from seeds.</summary>
internal static class SimulateCommand
{
    public static Command Create(TimeProvider time)
    {
        var seeds = new Option<string>("--seeds") { DefaultValueFactory = _ => "1..100" };
        var command = new Command("simulate", "x") { seeds };
        command.SetAction(parsed =>
        {
            var range = SeedRange.Read(parsed.GetValue(seeds)!)!;
            var template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "serverless.template"));
            var t = time.GetTimestamp();
            var (calls, deployments, failed) = (0L, 0, 0);
            var all = new Dictionary<string, SortedDictionary<string, int>> { ["o"] = new(), ["d"] = new(), ["e"] = new(), ["f"] = new() };
            for (var seed = range.First; seed <= range.Last; seed++)
            {
                var result = SimulationRun.Play(Plan.Draw(seed), template);
                calls += result.Calls;
                deployments += result.Deployments;
                foreach (var (k, v) in new[] { ("o", (IReadOnlyDictionary<string, int>)result.Story.Outcomes), ("d", result.Story.Decisions), ("e", result.Story.Errors), ("f", result.Faults) })
                {
                    foreach (var (n, c) in v) { all[k][n] = all[k].GetValueOrDefault(n) + c; }
                }

                if (Environment.GetEnvironmentVariable("H") == "1") { Console.WriteLine($"{seed} {result.Calls} {result.Hash}"); }
                if (range.Count == 1)
                {
                    foreach (var h in result.Plan.Happenings) { Console.WriteLine($"# {h}"); }
                    foreach (var e in result.Timeline)
                    {
                        if (e.Kind is "ScheduleFired" or "EventPut" || e.Text.Contains("Nothing to do", StringComparison.Ordinal) || e.Text.Contains("Scheduled Event", StringComparison.Ordinal)) { continue; }
                        Console.WriteLine($"{(e.At - World.Start).TotalSeconds:0.000} {e.Source} {e.Caller} {e.Text}");
                    }

                    Console.WriteLine(result.Hash);
                }

                if (result.Violation is { } v2) { failed++; Console.WriteLine($"seed {seed}: {(v2.At - World.Start).TotalSeconds:0.000} {v2.What}"); }
            }

            foreach (var (k, v) in all) { Console.WriteLine(k + " " + string.Join(" ", v.Select(p => p.Key + "=" + p.Value))); }
            Console.WriteLine($"{failed} failed of {range.Count}; {calls} calls, {deployments} deployments, s {time.GetElapsedTime(t).TotalSeconds}");
            return failed == 0 ? 0 : 1;
        });
        return command;
    }
}
