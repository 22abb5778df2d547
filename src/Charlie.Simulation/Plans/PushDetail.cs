using System.Text.Json.Nodes;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Plans;

/// <summary>The detail of an Image Pushed event, right or wrong.</summary>
internal static class PushDetail
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static JsonObject Of(string image, long pipeline, long job, PushViolation? violation = null, long? deployment = null)
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
        if (deployment is { } id)
        {
            detail["deploymentId"] = id;
        }

        switch (violation)
        {
            case PushViolation.OtherApp:
                detail["app"] = "another";
                break;
            case PushViolation.OtherRepository:
                detail["image"] = "registry.example.com/elsewhere/app@" + image.Split('@')[1];
                break;
            case PushViolation.NoDigest:
                detail["image"] = image.Split('@')[0] + ":latest";
                break;
            case PushViolation.BadCommit:
                detail["commit"] = "HEAD";
                break;
            case PushViolation.OtherProject:
                detail["projectId"] = Pipeline.ProjectId + 1;
                break;
            case PushViolation.ZeroJob:
                detail["jobId"] = 0;
                break;
            case PushViolation.NoReference:
                detail.Remove("ref");
                break;
        }

        return detail;
    }
}
