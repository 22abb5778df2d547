using System.CommandLine;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas.Text;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie hold</c>: no new release is deployed for a time.</summary>
internal static class HoldCommand
{
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "Its end: 18:00, \"tomorrow 18:00\" or \"2026-12-01 18:00\", with a zone (America/Sao_Paulo) or in this machine's",
        HelpName = "time",
    };

    private static readonly Option<string?> For = new("--for") { Description = "Its length: 90m, 8h or 3d", HelpName = "length" };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "hold",
            "Deploy no new release for a time; rollbacks still go",
            AppOptions.Reason,
            Until,
            For,
            AppOptions.By,
            AppOptions.Yes,
            AppOptions.Language);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Until) is not null && result.GetValue(For) is not null)
            {
                result.AddError("Give --until or --for, not both.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var reason = Reasons.Needed(parsed);
            DateTimeOffset? until = parsed.GetValue(Until) is { } text ? WrittenTime.Read(text, time) : null;
            if (parsed.GetValue(For) is { } length)
            {
                _ = Lengths.Read("--for", length);
            }

            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            return await new RequestRun(session, parsed).RunAsync(
                OperatorEvent.Hold(
                    session.App,
                    until is { } end ? Iso8601.Write(end) : null,
                    parsed.GetValue(For),
                    reason,
                    parsed.GetValue(AppOptions.By)!),
                await session.Reader.ReadAsync(),
                until is { } at ? page => page.Fact(session.Texts.Of(Label.Until), session.Texts.Time(at, time.GetUtcNow())) : null,
                isFollowed: false,
                cancellation);
        });
        return command;
    }
}
