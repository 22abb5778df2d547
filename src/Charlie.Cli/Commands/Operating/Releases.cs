using System.CommandLine;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Releases as they are typed: <c>1048576.7700123</c>, or a job id alone.</summary>
internal static class Releases
{
    public static Argument<string> Argument(string description) => new("release") { Description = description };

    public static Option<string?> Option(string name, string description) => new(name) { Description = description, HelpName = "release" };

    /// <exception cref="OperationException">It is no release.</exception>
    public static Release Read(string text) =>
        Release.TryParse(text, out var release)
            ? release
            : throw new OperationException($"'{text}' is no release: it must be <pipeline id>.<job id>, as charlie history shows it.");

    /// <summary>A release that the records name.</summary>
    /// <exception cref="OperationException">It is no release, or none that they name.</exception>
    public static Release Known(string text, Snapshot snapshot)
    {
        var release = Read(text);
        return snapshot.Records.IsRecorded(release) || release == snapshot.Desired.Release
            ? release
            : throw new OperationException($"Release {release} is not on record{Nearest(release, snapshot)}");
    }

    private static string Nearest(Release release, Snapshot snapshot)
    {
        var near = snapshot.Records.Versions.Select(version => version.Release)
            .Where(other => other.PipelineId == release.PipelineId || other.JobId == release.JobId)
            .Distinct()
            .Order()
            .ToList();
        return near is [] ? ": charlie history shows those that are." : $": did you mean {string.Join(" or ", near)}?";
    }
}
