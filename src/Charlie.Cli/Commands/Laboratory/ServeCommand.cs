using System.CommandLine;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Laboratory;
using Charlie.Cli.Web.Serving;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;
using Spectre.Console;

namespace Charlie.Cli.Commands.Laboratory;

/// <summary><c>charlie serve</c>: the embedded AWS, staying up, with a first confirmed instance.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 4566;

    // A pull, the lock that an older machine holds until it is down, and a start.
    private const int RealBootSeconds = 120;

    // An operator types beside it: quick, but slow enough to read.
    private static readonly AwsTimings Timings = new()
    {
        Launch = TimeSpan.FromSeconds(1),
        Termination = TimeSpan.FromSeconds(2),
        GroupCheck = TimeSpan.FromSeconds(1),
        LifecycleStep = TimeSpan.FromMilliseconds(500),
    };

    public static Command Create(TimeProvider time)
    {
        var port = PortOption.Create(DefaultPort);
        var healthPort = PortOption.Create(0, "--health-port", "Port on which the instances respond; 0 takes a free one");
        var empty = new Option<bool>("--empty") { Description = "Nothing on it: no group, no stack, no functions" };
        var command = new Command("serve", "Keep the embedded AWS up, for the aws command and the AWS SDKs")
        {
            port,
            healthPort,
            empty,
            EmbeddedOptions.Template,
            EmbeddedOptions.Functions,
            EmbeddedOptions.Strategy,
            ContainerOptions.Instances,
            ContainerOptions.Image,
            ContainerOptions.Secret,
        };
        command.Validators.Add(result =>
        {
            if (ContainerOptions.Violation(result) is { } violation)
            {
                result.AddError(violation);
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var machines = ContainerOptions.Machines(parsed);
            return RunAsync(new LocalAwsOptions
            {
                Port = parsed.GetValue(port),
                HealthPort = parsed.GetValue(healthPort),
                TemplatePath = parsed.GetValue(EmbeddedOptions.Template)!,
                FunctionPath = parsed.GetValue(EmbeddedOptions.Functions)!,
                Strategy = parsed.GetValue(EmbeddedOptions.Strategy)!,
                Timings = Timings,
                BootDelay = TimeSpan.FromSeconds(1),
                // About a day of sweeps and probes; a server that stays up must not grow without end.
                HistoryLength = 20_000,
                BakeSeconds = 3,
                HealthDeadlineSeconds = machines is null ? 20 : RealBootSeconds,
                // An instance without a machine has started its app after a second, or never does.
                MachineDeadlineSeconds = machines is null ? 20 : 480,
                ImageRepository = parsed.GetValue(ContainerOptions.Image)?.Split('@')[0] ?? BotImage.Repository,
                Machines = machines,
                Secrets = ContainerOptions.Secrets(parsed),
                Parts = [new ConsolePart(takesAnyImage: machines is null, time)],
            }, parsed.GetValue(empty) ? null : parsed.GetValue(ContainerOptions.Image) ?? new BotImage("1.0").Name, time, cancellation);
        });
        return command;
    }

    /// <param name="first">The first image; <c>null</c> installs nothing.</param>
    private static async Task<int> RunAsync(LocalAwsOptions options, string? first, TimeProvider time, CancellationToken cancellation)
    {
        var console = Screen.Open();
        var view = new TimelineView(console, time.GetUtcNow());
        try
        {
            await using var aws = await LocalAws.StartAsync(options, cancellation);
            using var stopped = cancellation.Register(() => aws.Timeline.Recorded -= view.Show);
            aws.Timeline.Recorded += view.Show;
            if (first is not null)
            {
                view.Section("Charlie is installed; the first instance becomes healthy");
                await aws.InstallAsync(first);
                await aws.UntilReportedAsync("0.0", "Confirmed", time, cancellation);
            }

            view.Section("Ready");
            if (first is null)
            {
                Instructions.WriteEmpty(Console.Out, aws.Endpoint);
            }
            else
            {
                // Of a repository that is real only the first image is known.
                Instructions.Write(Console.Out, aws.Endpoint, options.Machines is null ? new BotImage("1.1")
                    : new BotImage("1.1") { Name = first });
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.WriteLine("Stopped.");
        }

        return ExitCodes.Success;
    }
}
