namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>The mistakes in what is done about pushes and operators' requests; <see cref="MistakeTable"/> has them all.</summary>
internal static class RequestMistakes
{
    public static readonly Mistake[] All =
    [
        new(
            "forget holds", 100,
            new Edit("Records.HoldInForce", "Holds.Where(IsInForce)", "Holds.Where(hold => hold.Reason.Length == 0)")),
        new(
            "drop a request to hold", 300,
            new Edit(
                "RefreshPolicy.Choose",
                "HoldPolicy.Next(hold, snapshot, now)",
                "new RefreshStep.Done(new RunResult.NothingToDo(hold.Reason))")),
        new(
            "drop every second push", 60,
            new Edit(
                "PushPolicy.Next",
                "if (WhyStale(push.Release, snapshot) is { } reason)",
                """
                if (push.Release.JobId % 2 == 0 && version is null)
                {
                    return Done(new RunResult.NothingToDo(push.Image));
                }

                if (WhyStale(push.Release, snapshot) is { } reason)
                """)),
        new(
            "drop a rollback", 60,
            new Edit(
                "RefreshPolicy.Choose",
                "RollbackPolicy.Next(rollback, snapshot, settings, now)",
                "new RefreshStep.Done(new RunResult.NothingToDo(rollback.Reason))")),
        new(
            "roll back to the base", 200,
            new Edit(
                "RollbackPolicy.Decide",
                "isQueued ? desired : records.FallbackOf(from)",
                "isQueued ? desired : (Release?)Release.Base")),
        new(
            "drop a request to resume", 100,
            new Edit(
                "RefreshPolicy.Choose",
                "ResumePolicy.Next(resume, snapshot, settings)",
                "new RefreshStep.Done(new RunResult.NothingToDo(resume.Reason))")),
        new(
            "drop a request to restart", 100,
            new Edit(
                "RefreshPolicy.Choose",
                "RestartPolicy.Next(restart, snapshot, settings)",
                "new RefreshStep.Done(new RunResult.NothingToDo(restart.Reason))")),
        new(
            "drop a request to start", 200,
            new Edit(
                "RefreshPolicy.Choose",
                "StartPolicy.Next(start, snapshot, settings)",
                "new RefreshStep.Done(new RunResult.NothingToDo(start.Reason))")),
        new(
            "let a resume end every hold", 300,
            new Edit(
                "Records.IsInForce",
                "ResumeOf(hold.Holder) is { } resume && resume.From >= hold.From",
                "Resumes.Any(resume => resume.From >= hold.From)")),
        new(
            "launch while stopped", 200,
            new Edit("StopPlan.Stop", ": !group.IsLaunchSuspended ? new AwsAction.SuspendLaunches()", "")),
        new(
            "call a stopped app down", 300,
            new Edit("DownPolicy.Record", "snapshot.IsClosed ?", "snapshot.Group.DesiredCapacity == 0 ?")),
        new(
            "leave the launches suspended", 100,
            new Edit("StopPlan.Start", ": snapshot.Group.IsLaunchSuspended ? new AwsAction.ResumeLaunches()", "")),
        new(
            "leave every alarm alone", 600,
            new Edit("AlarmPolicy.WhyNot", "records.IsStopped ?", "records.Versions.Length > 0 ?")),
        new(
            "roll back for an alarm of a confirmed release", 600,
            new Edit("AlarmPolicy.WhyNot", "records.IsConfirmed(desired)", "records.IsStopped")),
        new(
            "roll back for an alarm before its release was in service", 2000,
            new Edit(
                "AlarmPolicy.Bakes",
                "snapshot.Details.GetValueOrDefault(instance.Id)?.InServiceAt <= alarm.From",
                "alarm.Name.Length > 0")),
        new(
            "take every restart for done after the first", 300,
            new Edit("Records.IsDone", "done.Request == request && done.At >= at", "done.Request == request")),
        new(
            "tell everything twice", 10,
            new Edit(
                "NotifyHandler.HandleAsync",
                "await topic.PublishAsync(mail.Subject, mail.Body, alert.IsToAct);",
                "await topic.PublishAsync(mail.Subject, mail.Body, alert.IsToAct);"
                + " await topic.PublishAsync(mail.Subject, mail.Body, alert.IsToAct);")),
        new(
            "take a mail for sent that SNS refused", 300,
            new Edit("SignedCalls.TryAsync", "response.StatusCode == HttpStatusCode.OK", "response.StatusCode > 0")),
        new(
            "never restart", 100,
            new Edit(
                "RestartPlan.IsLaunchedBefore",
                "snapshot.Details.GetValueOrDefault(instance.Id)?.LaunchedAt < restart.At",
                "restart.At == default")),
    ];
}
