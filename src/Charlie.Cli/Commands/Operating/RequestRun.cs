using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
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
    /// <param name="put">The event.</param>
    /// <param name="before">What was read before it.</param>
    /// <param name="explain">Writes more of what it means, above the question; <c>null</c> for nothing.</param>
    /// <param name="isFollowed">Whether the command waits until the app is in sync again, silently with <c>--json</c>.</param>
    public async Task<int> RunAsync(
        OperatorEvent put, Snapshot before, Action<Page>? explain, bool isFollowed, CancellationToken cancellation)
    {
        var request = put.Read(session.Settings, session.Time);
        var plan = Planner.Plan(request, before, session.Settings, session.Time.GetUtcNow());
        if (plan.IsTurnedDown)
        {
            return TurnDown(plan);
        }

        if (!await AskAsync(plan, explain, cancellation))
        {
            return ExitCodes.Failure;
        }

        await session.Bus.PutAsync(put, cancellation);
        if (await RecordWatch.UntilAsync(session, now => RequestAnswer.Of(request, before.Records, now), cancellation) is not { } tag)
        {
            await System.Console.Error.WriteLineAsync(
                $"charlie: {session.Texts.NothingRecorded(plan.Request, Words.Age(RecordWatch.Timeout))}");
            return ExitCodes.NoOutcome;
        }

        Tell(plan, tag);
        return isFollowed
            ? await new StatusWatch(session, isBusy: true, isSilent: session.IsJson).RunAsync(cancellation)
            : ExitCodes.Success;
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

    private async Task<bool> AskAsync(PlanDocument plan, Action<Page>? explain, CancellationToken cancellation)
    {
        if (!session.IsJson)
        {
            var page = new Page(session.Width);
            explain?.Invoke(page);
            page.Sentence(session.Texts.ThePlanOf(plan.Request));
            PlanView.Actions(page, plan);
            page.Blank();
            page.Write(session.Console);
        }

        var (yes, no) = session.Texts.Keys;
        return parsed.GetValue(AppOptions.Yes)
            || (AppSession.IsTerminal
                ? await new ConfirmationPrompt(session.Texts.Question) { DefaultValue = false, Yes = yes, No = no }
                    .ShowAsync(session.Console, cancellation)
                : throw new OperationException("Without a terminal a request needs --yes."));
    }

    private void Tell(PlanDocument plan, IRecordTag tag)
    {
        if (session.IsJson)
        {
            Documents.Write(
                new AnswerDocument(AnswerDocument.NewestShape, session.App, true, plan.Outcome, plan.Summary, tag.Key, tag.Value));
        }
        else
        {
            var page = new Page(session.Width);
            page.Sentence(session.Texts.Recorded(plan.Summary), Color.Green);
            page.Write(session.Console);
        }
    }
}
