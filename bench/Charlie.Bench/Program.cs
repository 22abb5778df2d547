using System.CommandLine;
using BenchmarkDotNet.Running;
using Charlie.Bench;
using Charlie.Bench.Inner;
using Charlie.Bench.Measures;
using Charlie.Bench.Runtime;
using Spectre.Console;

var native = new Option<FileInfo>("--native") { Description = "The native bootstrap", Required = true };
var readyToRun = new Option<FileInfo>("--ready-to-run") { Description = "bootstrap.dll, published with ReadyToRun", Required = true };
var python = new Option<FileInfo>("--python") { Description = "The bootstrap of the Python functions", Required = true };
var rounds = new Option<int>("--rounds") { Description = "Cold starts of each contender and scene", DefaultValueFactory = _ => 25 };
var invocations = new Option<int>("--invocations") { Description = "Warm invocations in a row", DefaultValueFactory = _ => 400 };
var json = new Option<bool>("--json") { Description = "Print all values as JSON" };
foreach (var program in new[] { native, readyToRun, python })
{
    program.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<FileInfo>() is { Exists: false } file)
        {
            result.AddError($"{file} does not exist: bench/run builds it.");
        }
    });
}

var sideBySide =
    new Command("side-by-side", "The functions natively, under dotnet and in Python, in turn") { native, readyToRun, python, rounds,
    invocations, json };
sideBySide.SetAction(async (parsed, cancellation) =>
{
    Contender[] contenders =
    [
        new("native", parsed.GetRequiredValue(native).FullName, []),
        new("dotnet, ReadyToRun", "dotnet", ["exec", parsed.GetRequiredValue(readyToRun).FullName]),
        new("Python, boto3", parsed.GetRequiredValue(python).FullName, []),
    ];
    var figures = new Figures();
    try
    {
        await RunAsync(contenders, figures, parsed.GetValue(rounds), parsed.GetValue(invocations), cancellation);
    }
    catch (Exception failed) when (failed is DifferentResultException or InvalidOperationException)
    {
        await Console.Error.WriteLineAsync($"charlie-bench: {failed.Message}");
        return 1;
    }

    if (parsed.GetValue(json))
    {
        Console.WriteLine(TableView.ToJson(figures.All).ToJsonString());
    }
    else
    {
        TableView.Write(Console.IsOutputRedirected ? Wide() : AnsiConsole.Console, figures.All);
    }

    return 0;
});
var inner = new Command("inner", "The inner parts, with BenchmarkDotNet");
inner.SetAction(_ =>
    BenchmarkRunner.Run([typeof(ReadingBenchmarks), typeof(DecisionBenchmarks), typeof(ProbeBenchmarks)], InnerConfig.Create())
    .All(summary => summary is { HasCriticalValidationErrors: false, Reports.Length: > 0 }) ? 0 : 1);
return await new RootCommand("Measures Charlie beside what people would use instead.") { sideBySide, inner }.Parse(args).InvokeAsync();

static async Task RunAsync(Contender[] contenders, Figures figures, int rounds, int invocations, CancellationToken cancellation)
{
    await using var api = new RuntimeApi(TimeProvider.System);
    await api.StartAsync();
    var course = new Course(contenders, api, figures, TimeProvider.System);
    await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().StartAsync(async progress =>
    {
        var cold = progress.AddTask("cold starts", maxValue: rounds + 1);
        var launches = progress.AddTask("launches", maxValue: Math.Max(3, rounds / 5));
        var warm = progress.AddTask("warm invocations", maxValue: Math.Max(3, rounds / 5));
        var endurance = progress.AddTask("ten thousand invocations", maxValue: 1);
        for (; !cold.IsFinished; cold.Increment(1))
        {
            await course.RoundAsync(counts: cold.Value > 0, cancellation);
        }

        for (; !launches.IsFinished; launches.Increment(1))
        {
            await course.LaunchAsync(cancellation);
        }

        for (; !warm.IsFinished; warm.Increment(1))
        {
            await course.WarmAsync(invocations, cancellation);
        }

        await course.EnduranceAsync(contenders[0], [1, 100, 1000, 5000, 10000], cancellation);
        endurance.Increment(1);
    });
}

static IAnsiConsole Wide()
{
    AnsiConsole.Console.Profile.Width = 240;
    return AnsiConsole.Console;
}
