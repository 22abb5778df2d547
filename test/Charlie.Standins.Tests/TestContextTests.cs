using Amazon.Lambda.Core;
using Amazon.Lambda.TestUtilities;

namespace Charlie.Standins.Tests;

public sealed class TestContextTests
{
    [Fact]
    public void A_test_context_is_what_it_was_set_to()
    {
        var context = new TestLambdaContext
        {
            AwsRequestId = "id",
            FunctionName = "orders",
            InvokedFunctionArn = "arn",
            RemainingTime = TimeSpan.FromMinutes(3),
        };

        Assert.Equal(
            ("id", "orders", "arn", TimeSpan.FromMinutes(3)),
            (context.AwsRequestId, context.FunctionName, context.InvokedFunctionArn, context.RemainingTime));
        Assert.IsType<TestLambdaLogger>(context.Logger);
    }

    [Fact]
    public void The_buffer_keeps_levels_templates_arguments_and_exceptions()
    {
        var logger = new TestLambdaLogger();
        ILambdaLogger log = logger;

        log.Log("raw ");
        log.LogLine("line");
        log.LogWarning("careful");
        log.LogInformation("{Count} of {Group}", 2, "web");
        log.LogError(new InvalidOperationException("broken"), "could not {Do}", "it");

        Assert.Equal(
            """
            raw line
            Warning: careful
            Information: {Count} of {Group}
            	2
            	web

            Error: could not {Do}
            	it

            System.InvalidOperationException: broken


            """,
            logger.Buffer.ToString());
    }
}
