namespace Charlie.EndToEnd.Tests.Command;

/// <summary>Polls until something is so; a test never waits for a time alone.</summary>
internal static class Poll
{
    /// <summary>Everything waited for takes seconds; what takes this long on a busy machine hangs.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <param name="describe">What there was instead, for the failure's message.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, Func<Task<string>>? describe = null)
    {
        var time = TimeProvider.System;
        var since = time.GetUtcNow();
        while (!await isSo())
        {
            if (time.GetUtcNow() - since > Timeout)
            {
                Assert.Fail($"Waited {Timeout.TotalMinutes} min for {what}.\n{(describe is null ? "" : await describe())}");
            }

            await Task.Delay(PollInterval, time, TestContext.Current.CancellationToken);
        }
    }
}
