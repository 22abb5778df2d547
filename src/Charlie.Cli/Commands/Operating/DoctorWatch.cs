using System.CommandLine;
using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Doctor;
using Charlie.Operations.Releases;
using Charlie.Operations.Stack;
using Charlie.Operations.Status;

namespace Charlie.Cli.Commands.Operating;

/// <summary>
/// <c>charlie doctor --wait</c>: until the first release is confirmed. Each change is a line, and so is each new complaint.
/// </summary>
/// <param name="most">How long at most.</param>
internal sealed class DoctorWatch(ParseResult parsed, TimeProvider time, TimeSpan most)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    // The account is examined with some twenty calls, the records with three.
    private static readonly TimeSpan ExaminationInterval = TimeSpan.FromSeconds(60);

    private readonly HashSet<string> told = [];
    private readonly bool isJson = parsed.GetValue(AppOptions.Json);
    private DateTimeOffset? examinedAt;

    /// <returns>As <c>charlie wait</c>: 0 confirmed, 1 rolled back or cannot run, 3 superseded, 4 no outcome in time, 5 held.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        for (var since = time.GetUtcNow(); ;)
        {
            try
            {
                using var session = await AppSession.OpenAsync(parsed, time, cancellation);
                return await FollowAsync(session, since, cancellation);
            }
            catch (StackMissingException missing)
            {
                var document = await DoctorCommand.ExamineInstallationAsync(parsed, missing, time, cancellation);
                Tell(document);
                if (time.GetUtcNow() - since >= most)
                {
                    DoctorCommand.Print(parsed, document);
                    return ExitCodes.NoOutcome;
                }
            }

            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    private async Task<int> FollowAsync(AppSession session, DateTimeOffset since, CancellationToken cancellation)
    {
        for (var lines = new StatusLines(session.Texts); ;)
        {
            var snapshot = await session.ReadAsync();
            foreach (var line in lines.Changes(AppStatus.Of(snapshot, session.Settings)))
            {
                Say(line);
            }

            var first = FirstRelease.Of(snapshot);
            if (first.End is not null || time.GetUtcNow() - since >= most)
            {
                await EndAsync(session, first, cancellation);
                return WaitCommand.CodeOf(first.End);
            }

            if (examinedAt is not { } before || time.GetUtcNow() - before >= ExaminationInterval)
            {
                examinedAt = time.GetUtcNow();
                Tell(await DoctorCommand.ExamineAsync(session, time, cancellation));
            }

            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    private async Task EndAsync(AppSession session, FirstRelease first, CancellationToken cancellation)
    {
        var document = await DoctorCommand.ExamineAsync(session, time, cancellation);
        DoctorCommand.Print(parsed, document with { Outcome = first.End, Release = ReleaseDocument.Of(first.Facts) });
        if (!isJson)
        {
            var page = new Page(session.Width);
            page.Blank();
            page.Sentence(session.Texts.Ended(first.End, first.Facts, Words.Age(most)));
            page.Write(session.Console);
        }
    }

    /// <summary>Says what was not said before; the whole of it comes at the end.</summary>
    private void Tell(DoctorDocument document)
    {
        foreach (var finding in document.Findings.Where(finding => told.Add(finding.Name + finding.What)))
        {
            Say($"{finding.Check}: {finding.What} {finding.Mend}");
        }
    }

    private void Say(string line)
    {
        if (!isJson)
        {
            // A line stays one, whatever the width, so that it can be searched for.
            Console.Out.WriteLine($"{Words.Time(time.GetUtcNow())}  {line}");
        }
    }
}
