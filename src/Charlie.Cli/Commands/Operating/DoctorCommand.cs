using System.CommandLine;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Operating;
using Charlie.Operations.Access;
using Charlie.Operations.Doctor;
using Charlie.Operations.Registry;
using Charlie.Operations.Setup;
using Charlie.Operations.Stack;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie doctor</c>: every precondition that does not hold, with what mends it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Wait = new("--wait")
    {
        Description = "End when the first release is confirmed (exit 0), rolled back (1) or held (5); 4 when the time is up",
    };

    private static readonly Option<string> Timeout = new("--timeout")
    {
        Description = "With --wait: how long at most, 90s, 20m or 2h",
        HelpName = "length",
        DefaultValueFactory = _ => "1h",
    };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "doctor", "Check what Charlie needs of the account, and say what mends it; exit 1 where something is wrong", Wait, Timeout);
        command.SetAction(async (parsed, cancellation) =>
        {
            var most = Lengths.Read("--timeout", parsed.GetValue(Timeout)!);
            if (parsed.GetValue(Wait))
            {
                return await new DoctorWatch(parsed, time, most).RunAsync(cancellation);
            }

            try
            {
                using var session = await AppSession.OpenAsync(parsed, time, cancellation);
                return Show(parsed, await ExamineAsync(session, time, cancellation));
            }
            catch (StackMissingException missing)
            {
                return Show(parsed, await ExamineInstallationAsync(parsed, missing, time, cancellation));
            }
        });
        return command;
    }

    public static async Task<DoctorDocument> ExamineAsync(AppSession session, TimeProvider time, CancellationToken cancellation)
    {
        using var reader = new DoctorReader(
            session.Stack, session.Reader, session.Access, session.Client, LoginFiles.Find(Environment.GetEnvironmentVariable), time);
        return Examination.Of(await reader.ReadAsync(cancellation));
    }

    /// <summary>Of an account without the app's stack: which step of the installation comes next.</summary>
    /// <exception cref="StackMissingException">Nothing of it is there, or the stacks cannot be read.</exception>
    public static async Task<DoctorDocument> ExamineInstallationAsync(
        ParseResult parsed, StackMissingException missing, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            using var client = new SignedClient(
                AwsAccess.Find(
                    parsed.GetValue(AppOptions.Profile),
                    parsed.GetValue(AppOptions.Region),
                    parsed.GetValue(AppOptions.Endpoint),
                    Environment.GetEnvironmentVariable),
                time);
            var stacks = await new StacksReader(client).ReadAsync(cancellation);
            return InstallChecks.Of(parsed.GetValue(AppOptions.App)!, stacks, time.GetUtcNow());
        }
        catch (AwsCallException)
        {
            throw missing;
        }
    }

    private static int Show(ParseResult parsed, DoctorDocument document)
    {
        Print(parsed, document);
        return document.Findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    public static void Print(ParseResult parsed, DoctorDocument document)
    {
        if (parsed.GetValue(AppOptions.Json))
        {
            Documents.Write(document);
            return;
        }

        var console = Screen.Open();
        DoctorView.Of(document, console.Profile.Width).Write(console);
    }
}
