using System.Collections.Immutable;
using Charlie.Cli.Web.Documents;

namespace Charlie.Cli.Web.Serving;

/// <summary>What a browser may be sent.</summary>
/// <param name="Number">Grows with each state.</param>
/// <param name="ReadAt">The last reading that succeeded; <c>null</c> before the first.</param>
/// <param name="Trouble">Why the last reading failed; <c>null</c> where it succeeded.</param>
/// <param name="Document">The newest <see cref="ConsoleDocument"/> as JSON; <c>null</c> before the first.</param>
/// <param name="DocumentNumber">The number of the state in which the document changed last.</param>
/// <param name="Notifications">The newest first.</param>
/// <param name="NotificationsNumber">The number of the state in which a notification came last.</param>
internal sealed record FeedState(
    long Number,
    DateTimeOffset? ReadAt,
    string? Trouble,
    string? Document,
    long DocumentNumber,
    ImmutableArray<NotificationLine> Notifications,
    long NotificationsNumber)
{
    public static readonly FeedState First = new(0, null, null, null, 0, [], 0);
}
