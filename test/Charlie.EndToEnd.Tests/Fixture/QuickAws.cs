using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Fixture;

/// <summary>The embedded AWS with Charlie on it, in a hurry: a good push is confirmed within seconds.</summary>
internal static class QuickAws
{
    public static readonly BotImage First = new("first");

    /// <summary>A schedule that never comes by itself: a test fires it where it wants the sweep.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromDays(1);

    /// <summary>Starts it, and waits until the first instance's release is confirmed.</summary>
    /// <param name="scheduleMinute">What a minute of a schedule takes.</param>
    /// <param name="gitLab">The GitLab that is told how pushes ended; <c>null</c> for none.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<LocalAws> StartAsync(
        TimeSpan scheduleMinute, CancellationToken cancellation, SmallGitLab? gitLab = null)
    {
        var aws = await LocalAws.StartAsync(
            new LocalAwsOptions
            {
                Timings = new AwsTimings
                {
                    Launch = TimeSpan.FromMilliseconds(100),
                    Termination = TimeSpan.FromMilliseconds(200),
                    GroupCheck = TimeSpan.FromMilliseconds(100),
                    LifecycleStep = TimeSpan.FromMilliseconds(100),
                    AsyncRetry = TimeSpan.FromSeconds(1),
                    ScheduleMinute = scheduleMinute,
                },
                // Many programs start at once here, on as few cores as there are.
                BootDelay = TimeSpan.FromMilliseconds(200),
                BakeSeconds = 1,
                GitLab = gitLab,
                // Long: nothing here is judged by it, and a busy machine must not fail a healthy release.
                HealthDeadlineSeconds = 120,
                Parameters = new Dictionary<string, string> { ["HealthSuccesses"] = "2" },
            },
            cancellation);
        try
        {
            await aws.InstallAsync(First.Name);
            await aws.UntilReportedAsync("0.0", "Confirmed", TimeProvider.System, cancellation);
            return aws;
        }
        catch
        {
            await aws.DisposeAsync();
            throw;
        }
    }
}
