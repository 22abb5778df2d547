namespace Charlie.EndToEnd.Tests.Command;

/// <summary>Looks again and again until something is so; a test never waits for a time alone.</summary>
internal static class Patience
{
    /// <summary>Everything waited for takes seconds; what takes this long on a busy machine does not come.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <param name="describe">What there was instead, for the failure's message.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, Func<Task<string>>? describe = null)
    {
        var time = TimeProvider.System;
        var since = time.GetUtcNow();
        while (!await isSo())
        {
            if (time.GetUtcNow() - since > Limit)
            {
                Assert.Fail($"Waited {Limit.TotalSeconds} s in vain for {what}.\n{(describe is null ? "" : await describe())}");
            }

            await Task.Delay(Glance, time, TestContext.Current.CancellationToken);
        }
    }
}
