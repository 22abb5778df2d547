using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Reports;

/// <summary>What every report on one version says; each test adds what its result says.</summary>
internal static class ExpectedReport
{
    public static readonly Release Its = new(5, 7);

    public static readonly ReleaseVersion Version =
        Arbitrary.Version(3, Its) with { Notes = new PushNotes("1.2", "Quote in cents", "Maria Souza", 31) };

    public static readonly DeploymentReport OfVersion = new()
    {
        Outcome = Outcome.AlreadyCurrent,
        App = "charlie-app",
        Group = "charlie-group",
        Release = "5.7",
        Image = Arbitrary.Image(Its),
        Version = 3,
        PipelineId = 5,
        JobId = 7,
        PipelineUrl = "https://gitlab.com/example/charlie/-/pipelines/1",
        Commit = new string('a', 40),
        ProjectId = 4242,
        Tag = "1.2",
        CommitTitle = "Quote in cents",
        CommitAuthor = "Maria Souza",
        DeploymentId = 31,
        Summary = "charlie-group runs release 5.7, or is being brought to it, already.",
    };
}
