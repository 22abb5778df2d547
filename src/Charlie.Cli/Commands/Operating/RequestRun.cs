using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Planning;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;
using Spectre.Console;

namespace Charlie.Cli.Commands.Operating;

/// <summary>One request from its plan to what came of it: nothing is put that the functions would turn down.</summary>
internal sealed class RequestRun(AppSession session, ParseResult parsed)
{
    // A function that starts, reads and writes takes seconds; the sweep after a lost event a minute.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <param name="put">The event.</param>
    /// <param name="before">What was read before it.</param>
    /// <param name="explain">Writes more of what it means, above the question; <c>null</c> for nothing.</param>
    /// <param name="isFollowed">Whether the command waits until the app is in sync again.</param>
    public async Task<int> RunAsync(
        OperatorEvent put, Snapshot before, Action<Page>? explain, bool isFollowed, CancellationToken cancellation)
    {
        var request = put.Read(session.Settings, session.Time);
        var plan = Planner.Plan(request, before, session.Settings, session.Time.GetUtcNow());
        if (plan.IsTurnedDown)
        {
            return TurnDown(plan);
        }

        if (!Ask(plan, explain))
        {
            return ExitCodes.Failure;
        }

        await session.Bus.PutAsync(put, cancellation);
        if (await AnswerAsync(request, before, cancellation) is not { } tag)
        {
            await System.Console.Error.WriteLineAsync(
                $"charlie: the {plan.Request} was put, and nothing is recorded of it after {Words.Age(AnswerTime)}."
                + " charlie status shows what is.");
            return ExitCodes.NoOutcome;
        }

        return Tell(plan, tag) is var code && isFollowed && !session.IsJson
            ? Math.Max(code, await new StatusWatch(session, isBusy: true).RunAsync(cancellation))
            : code;
    }

    private int TurnDown(PlanDocument plan)
    {
        if (session.IsJson)
        {
            Documents.Write(new AnswerDocument(AnswerDocument.NewestShape, session.App, false, plan.Outcome, plan.Summary, null, null));
        }
        else
        {
            System.Console.Error.WriteLine($"charlie: {plan.Summary}");
        }

        return ExitCodes.Failure;
    }

    private bool Ask(PlanDocument plan, Action<Page>? explain)
    {
        if (!session.IsJson)
        {
            var page = new Page(session.Width);
            explain?.Invoke(page);
            page.Sentence($"The {plan.Request}:");
            PlanView.Actions(page, plan);
            page.Blank();
            page.Write(session.Console);
        }

        return parsed.GetValue(AppOptions.Yes)
            || (AppSession.IsTerminal
                ? session.Console.Confirm("Put the request?", defaultValue: false)
                : throw new OperationException("Without a terminal a request needs --yes."));
    }

    private async Task<IRecordTag?> AnswerAsync(RefreshRequest request, Snapshot before, CancellationToken cancellation)
    {
        for (var since = session.Time.GetUtcNow(); session.Time.GetUtcNow() - since < AnswerTime;)
        {
            var now = await session.Reader.ReadAsync();
            if (RequestAnswer.Of(request, before.Records, now.Records) is { } tag)
            {
                return tag;
            }

            await Task.Delay(PollInterval, session.Time, cancellation);
        }

        return null;
    }

    private int Tell(PlanDocument plan, IRecordTag tag)
    {
        if (session.IsJson)
        {
            Documents.Write(
                new AnswerDocument(AnswerDocument.NewestShape, session.App, true, plan.Outcome, plan.Summary, tag.Key, tag.Value));
        }
        else
        {
            var page = new Page(session.Width);
            page.Sentence($"Recorded. {plan.Summary}", Color.Green);
            page.Write(session.Console);
        }

        return ExitCodes.Success;
    }
}
