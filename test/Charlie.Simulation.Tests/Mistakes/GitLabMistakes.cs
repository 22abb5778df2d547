namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>Mistakes in what GitLab is told.</summary>
internal static class GitLabMistakes
{
    public static readonly Mistake[] All =
    [
        new(
            "take a state of GitLab's that is so already for an error", 100,
            new Edit("GitLabApi.IsSoAlready", "\"cannot transition\"", "\"(never)\"")),
        new(
            "tell GitLab of a success at the start", 100,
            new Edit(
                "PushEnd.StateAfter",
                "Outcome.Confirmed => PushState.Success,",
                "Outcome.Confirmed or Outcome.Started or Outcome.AlreadyCurrent => PushState.Success,")),
        new(
            "swallow an error of GitLab's server", 300,
            new Edit(
                "GitLabApi.CallAsync",
                "return response.StatusCode == HttpStatusCode.BadRequest &&",
                "return (int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.BadRequest &&")),
        new(
            "swallow a call of GitLab without a response", 300,
            new Edit(
                "GitLabApi.CallAsync",
                "return ([], $\"{name} had no response: {error.Message}\");",
                "return (\"[]\"u8.ToArray(), null);")),
        new(
            "let a late report overwrite what GitLab shows", 1000,
            new Edit("PushHistory.Next", "ends.MaxBy(RankOf)!", "ends.Last()")),
        new(
            "set a status of GitLab's that is shown already", 100,
            new Edit("PushHistory.Next", "newest != end || repeats ||", "newest != end ||")),
        new(
            "leave a push that was overtaken running in GitLab", 100,
            new Edit("PushEnd.Of", "foreach (var other in report.Overtaken ?? [])", "foreach (var other in Array.Empty<OvertakenPush>())")),
        new(
            "tell GitLab of what was overtaken at a start only", 600,
            new Edit("ReportWriter.Write", "Overtaken = OvertakenPush.Of(confirmed.Overtaken)", "Overtaken = null")),
    ];
}
