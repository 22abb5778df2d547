using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What one CI job released, written <c>1048576.77001</c>. Ordered by job id; the pipeline id breaks ties. GitLab numbers jobs
/// over the whole instance when it creates a pipeline: a job of a slow old pipeline stays the older one, and a job that a person
/// runs again (<i>Retry</i>, <i>Rollback environment</i>) has a new id and is a new intent.
/// </summary>
internal readonly record struct Release(long PipelineId, long JobId) : IComparable<Release>
{
    /// <summary>What runs before anything was pushed: the image that the infrastructure stack named.</summary>
    public static readonly Release Base;

    public static bool operator <(Release left, Release right) => left.CompareTo(right) < 0;

    public static bool operator >(Release left, Release right) => left.CompareTo(right) > 0;

    public static bool operator <=(Release left, Release right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Release left, Release right) => left.CompareTo(right) >= 0;

    public static Release Max(Release left, Release right) => left > right ? left : right;

    /// <summary>Reads the written form, and only that: two decimal numbers without sign, spaces or leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Release release)
    {
        release = default;
        var parts = text?.Split('.');
        if (parts is not [var pipeline, var job]
            || !long.TryParse(pipeline, NumberStyles.None, CultureInfo.InvariantCulture, out var pipelineId)
            || !long.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out var jobId))
        {
            return false;
        }

        release = new Release(pipelineId, jobId);
        return release.ToString() == text;
    }

    public int CompareTo(Release other) =>
        JobId != other.JobId ? JobId.CompareTo(other.JobId) : PipelineId.CompareTo(other.PipelineId);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PipelineId}.{JobId}");
}
