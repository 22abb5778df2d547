using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;

namespace Charlie.Simulation.Checks;

/// <summary>A valid push gets a version, or is called stale, which <see cref="Invariants"/> compares with what is desired.</summary>
internal sealed class PushAnswers(RunRecord record, Action<string> fail)
{
    private readonly HashSet<string> made = [];
    private readonly HashSet<string> leftToOthers = [];

    public void Check(TimelineEntry entry)
    {
        if (entry is { Kind: "LaunchTemplateVersionCreated", Data: { } tags } && tags.TryGetValue("charlie:release", out var release))
        {
            made.Add(release);
        }
    }

    public void Answered(FollowedEvent push)
    {
        var release = $"{push.Detail["pipelineId"]}.{push.Detail["jobId"]}";
        var isValid = push.Detail["ref"] is not null && push.Text("app") == "charlie"
            && record.Pushed.GetValueOrDefault(release) == push.Text("image");
        switch (isValid, push.Outcome)
        {
            case (false, not Outcome.Rejected):
                fail($"an invalid push was followed: {push}");
                break;
            case (true, Outcome.NothingToDo):
                leftToOthers.Add(release);
                break;
            case (true, not Outcome.Stale) when !made.Contains(release):
                fail($"the valid push of release {release} has no version: {push}");
                break;
        }
    }

    /// <summary>A release whose push was left to another run that made no version of it; <c>null</c> without one.</summary>
    public string? Violation() =>
        leftToOthers.FirstOrDefault(release => !made.Contains(release)) is { } lost
            ? $"the valid push of release {lost} was left to another run, and no run made its version"
            : null;
}
