using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Planning;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie plan</c>: what the next sweep, a push or a rollback would do now. Nothing is changed.</summary>
internal static class PlanCommand
{
    // Of a job that does not exist yet no commit is known.
    private const string NoCommit = "0000000000000000000000000000000000000000";

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
            var plan = Planner.Plan(Request(parsed, snapshot, session.Settings, time), snapshot, session.Settings, snapshot.GroupReadAt);
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

    private static RefreshRequest Request(ParseResult parsed, Snapshot snapshot, Settings settings, TimeProvider time) =>
        parsed.GetValue(Image) is { } image ? NewPush(image, snapshot, settings, time)
            : parsed.GetValue(OfRollback) ? new Rollback(
                snapshot.Desired.Release,
                parsed.GetValue(To) is { } to ? Releases.Known(to, snapshot) : null,
                "planned",
                time.GetUtcNow())
            : new Sweep("the scheduled check found the group out of sync");

    private static RefreshRequest NewPush(string image, Snapshot snapshot, Settings settings, TimeProvider time) =>
        OperatorEvent.Push(settings.Origin, NextPush.ReleaseAfter(snapshot), image, NoCommit, tag: null).Read(settings, time);
}
