using Charlie.Cli.Web.Reading;

namespace Charlie.Cli.Web.Serving;

/// <summary>What a feed reads, and how often.</summary>
/// <param name="Open">Finds the app; it is tried again with each reading until it succeeds.</param>
/// <param name="Interval">Between two readings.</param>
/// <param name="IsActing">Whether the page may put requests.</param>
internal sealed record FeedOptions(Func<CancellationToken, Task<IConsoleSource>> Open, TimeSpan Interval, bool IsActing)
{
    // The embedded AWS is on this machine; on an account other programs need the same quota of calls.
    private static readonly TimeSpan OfEmbedded = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OfAccount = TimeSpan.FromSeconds(5);

    public static TimeSpan IntervalOf(bool isEmbedded) => isEmbedded ? OfEmbedded : OfAccount;
}
