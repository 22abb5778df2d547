using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.GitLab;

/// <summary>What GitLab is told of a release, as a status of its commit shows it.</summary>
/// <param name="At">
/// When the release ended so, to the millisecond: it tells which of two came last, whatever came to GitLab first.
/// </param>
/// <param name="Description">One sentence, at most 255 characters.</param>
internal sealed record ToldEnd(string Release, PushState State, DateTimeOffset At, string Description)
{
    // Behind the pipeline's URL, where a browser ignores it.
    private const string Mark = "#charlie-";

    /// <summary>The status's URL: the pipeline's, with the release and the time behind it.</summary>
    public string Url(string pipelineUrl) => $"{pipelineUrl}{Mark}{Release}-{Iso8601.Write(At)}";

    /// <summary>Reads a status that GitLab shows; <c>null</c> where Charlie did not write it so.</summary>
    public static ToldEnd? Read(ShownStatus shown)
    {
        PushState? state = shown.Status switch
        {
            "success" => PushState.Success,
            "failed" => PushState.Failed,
            "canceled" => PushState.Canceled,
            _ => null,
        };
        return state is { } read
            && shown.TargetUrl?.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and { } mark
            && shown.TargetUrl[(mark + Mark.Length)..].Split('-', 2) is [var release, var time]
            && Iso8601.Read(time) is { } at
            ? new ToldEnd(release, read, at, shown.Description ?? "")
            : null;
    }

    /// <summary>GitLab's word for the state.</summary>
    public static string Word(PushState state) => state switch
    {
        PushState.Success => "success",
        PushState.Failed => "failed",
        _ => "canceled",
    };
}
