using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Planning;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie plan</c>: what the next sweep, a push or a rollback would do now. Nothing is changed.</summary>
internal static class PlanCommand
{
    private static readonly Option<bool> OfSweep = new("--sweep") { Description = "The next scheduled sweep (default)" };

    private static readonly Option<string?> Image = new("--image")
    {
        Description = "A push of this image as a new release",
        HelpName = "repository@sha256:digest",
    };

    private static readonly Option<bool> OfRollback = new("--rollback") { Description = "A rollback of the desired release" };

    private static readonly Option<string?> To = Releases.Option("--to", "With --rollback: the release to go back to");

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "plan",
            "What the next sweep, a push or a rollback would do now, and why; exit 1 where that is something",
            OfSweep,
            Image,
            OfRollback,
            To);
        command.Validators.Add(result =>
        {
            bool[] chosen = [result.GetValue(OfSweep), result.GetValue(Image) is not null, result.GetValue(OfRollback)];
            if (chosen.Count(one => one) > 1)
            {
                result.AddError("Choose one of --sweep, --image and --rollback.");
            }
            else if (result.GetValue(To) is not null && !result.GetValue(OfRollback))
            {
                result.AddError("--to needs --rollback.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var snapshot = await session.Reader.ReadAsync();
            var plan = Planner.Plan(Request(parsed, snapshot, time), snapshot, session.Settings, snapshot.GroupReadAt);
            if (session.IsJson)
            {
                Documents.Write(plan);
            }
            else
            {
                PlanView.Of(plan, session.Width).Write(session.Console);
            }

            return plan.IsTurnedDown ? ExitCodes.Usage : plan.Actions.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static RefreshRequest Request(ParseResult parsed, Snapshot snapshot, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return parsed.GetValue(Image) is { } image ? NewPush(image, snapshot, now)
            : parsed.GetValue(OfRollback) ? new Rollback(
                snapshot.Desired.Release,
                parsed.GetValue(To) is { } to ? Releases.Known(to, snapshot) : null,
                "planned",
                now)
            : new Sweep("the scheduled check found the group out of sync");
    }

    // A job that does not exist yet: its release is greater than every recorded one.
    private static Push NewPush(string image, Snapshot snapshot, DateTimeOffset now)
    {
        if (!image.Contains("@sha256:", StringComparison.Ordinal))
        {
            throw new OperationException($"--image must be an image by its digest, repository@sha256:...; it is '{image}'.");
        }

        var newest = snapshot.Records.Versions.Select(version => version.Release)
            .Concat(snapshot.Records.Rejections.Select(rejection => rejection.Through))
            .Max();
        return new Push(new Release(newest.PipelineId + 1, newest.JobId + 1), image, new string('0', 40), "", 0, now);
    }
}
