using System.CommandLine;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie resume</c>: ends the operators' hold, or every hold.</summary>
internal static class ResumeCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Also the deploy window's hold" };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "resume", "End a hold; what waits is deployed", All, AppOptions.Reason, AppOptions.By, AppOptions.Yes, AppOptions.Language);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            var before = await session.Reader.ReadAsync();
            var held = before.Records.Holds.Where(before.Records.IsInForce).Select(hold => hold.Holder).ToHashSet();
            Holder[] holders = parsed.GetValue(All) ? [.. held.Order()] : held.Contains(Holder.Operator) ? [Holder.Operator] : [];
            if (holders is [])
            {
                throw new OperationException(held.Contains(Holder.Window)
                    ? "Only the deploy window holds: --all ends its hold too."
                    : "Nothing is held.");
            }

            var code = ExitCodes.Success;
            foreach (var holder in holders)
            {
                code = Math.Max(code, await new RequestRun(session, parsed).RunAsync(
                    OperatorEvent.Resume(
                        session.App, holder, Reasons.Or(parsed, "resumed with charlie resume"), parsed.GetValue(AppOptions.By)!),
                    await session.Reader.ReadAsync(),
                    null,
                    isFollowed: false,
                    cancellation));
            }

            return code;
        });
        return command;
    }
}
