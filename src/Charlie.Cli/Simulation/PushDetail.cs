using System.Text.Json.Nodes;
using Charlie.Cli.Production;

namespace Charlie.Cli.Simulation;

/// <summary>The detail of an Image Pushed event, right or wrong.</summary>
internal static class PushDetail
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static JsonObject Of(string image, long pipeline, long job, PushFlaw? flaw = null)
    {
        var detail = new JsonObject
        {
            ["app"] = ProductionGroup.Name,
            ["image"] = image,
            ["commit"] = Commit,
            ["ref"] = "main",
            ["pipelineId"] = pipeline,
            ["jobId"] = job,
            ["pipelineUrl"] = $"{Pipeline.ProjectUrl}/-/pipelines/{pipeline}",
            ["projectId"] = Pipeline.ProjectId,
        };
        switch (flaw)
        {
            case PushFlaw.OtherApp:
                detail["app"] = "another";
                break;
            case PushFlaw.OtherRepository:
                detail["image"] = "registry.example.com/elsewhere/app@" + image.Split('@')[1];
                break;
            case PushFlaw.NoDigest:
                detail["image"] = image.Split('@')[0] + ":latest";
                break;
            case PushFlaw.BadCommit:
                detail["commit"] = "HEAD";
                break;
            case PushFlaw.OtherProject:
                detail["projectId"] = Pipeline.ProjectId + 1;
                break;
            case PushFlaw.ZeroJob:
                detail["jobId"] = 0;
                break;
            case PushFlaw.NoReference:
                detail.Remove("ref");
                break;
        }

        return detail;
    }
}
