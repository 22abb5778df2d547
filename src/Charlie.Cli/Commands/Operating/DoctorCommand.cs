using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Operations.Doctor;
using Charlie.Operations.Registry;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie doctor</c>: every precondition that does not hold, with what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.Command(
            "doctor", "Check what Charlie needs of the account, and say what mends it; exit 1 where something is wrong");
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            using var reader = new DoctorReader(
                session.Stack,
                session.Reader,
                session.Access,
                session.Client,
                LoginFiles.Find(Environment.GetEnvironmentVariable),
                time);
            var document = Examination.Of(await reader.ReadAsync(cancellation));
            if (session.IsJson)
            {
                Documents.Write(document);
            }
            else
            {
                DoctorView.Of(document, session.Width).Write(session.Console);
            }

            return document.Findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}
