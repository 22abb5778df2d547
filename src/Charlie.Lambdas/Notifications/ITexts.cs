using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Notifications;

/// <summary>The texts of one language. A value that Charlie or the app wrote, such as a reason, stays as it is.</summary>
internal interface ITexts
{
    Labels Labels { get; }

    /// <summary>What an operator writes in place of a reason, in a command.</summary>
    string Why { get; }

    /// <summary>A release's name in a sentence.</summary>
    /// <param name="tag">Its image's.</param>
    string Name(string release, string? tag);

    /// <summary>A commit: its title and author, where they are known, and its hash.</summary>
    string Commit(string hash, string? title, string? author);

    /// <summary>The subject's end, after the release; it loses its accents there.</summary>
    string Headline(DeploymentReport report, TimeSpan? @out);

    /// <summary>What happened, in sentences.</summary>
    string What(DeploymentReport report);

    /// <summary>What is in service now; <c>null</c> where the report does not know it.</summary>
    string? InService(DeploymentReport report);

    /// <summary>What to do.</summary>
    string ToDo(DeploymentReport report);

    /// <inheritdoc cref="Headline(DeploymentReport, TimeSpan?)"/>
    string Headline(Alert.OfFailure failure);

    /// <inheritdoc cref="What(DeploymentReport)"/>
    string What(Alert.OfFailure failure);

    /// <inheritdoc cref="ToDo(DeploymentReport)"/>
    string ToDo(Alert.OfFailure failure);

    /// <summary>A length, and the moment from which it counts.</summary>
    string Lasted(string length, string since);

    /// <summary>Where a run's log is, a line each.</summary>
    IEnumerable<string> LogOf(string group, string requestId);

    /// <summary>An instance and its launch template version.</summary>
    string Instance(string id, long? version);
}

/// <summary>What stands before each fact.</summary>
internal sealed record Labels(
    string Why, string GroupSays, string InService, string Out, string ToDo, string Pipeline, string Commit, string Instance,
    string Logs, string Time, string Account);
