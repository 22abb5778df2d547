using Charlie.Lambdas.Decisions;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Waits until the records show what an event was put for.</summary>
internal static class RecordWatch
{
    // A function that starts, reads and writes takes seconds; the sweep after a lost event a minute.
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>What is found in the records; <c>null</c> after two minutes without it.</summary>
    public static async Task<T?> UntilAsync<T>(AppSession session, Func<Records, T?> find, CancellationToken cancellation)
        where T : class
    {
        for (var since = session.Time.GetUtcNow(); session.Time.GetUtcNow() - since < Timeout;)
        {
            if (find((await session.Reader.ReadAsync()).Records) is { } found)
            {
                return found;
            }

            await Task.Delay(PollInterval, session.Time, cancellation);
        }

        return null;
    }
}
