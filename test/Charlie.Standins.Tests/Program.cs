using Charlie.Standins.Tests.Functions;
using Xunit.MicrosoftTestingPlatform;

namespace Charlie.Standins.Tests;

internal static class Program
{
    /// <summary>The tests; or, started by one of them with _HANDLER set, the Lambda function of that name.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable("_HANDLER") is { Length: > 0 } handler && args.Length == 0)
        {
            await TestFunctions.RunAsync(handler);
            return 0;
        }

        return await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
