using System.Net;
using System.Text;
using Amazon.Runtime;
using Charlie.Operations.Access;
using Charlie.Operations.Doctor;
using Charlie.Operations.Reading;
using Charlie.Operations.Registry;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>What a caller may not read is named, and no check of it is passed by.</summary>
public sealed class DoctorReaderTests
{
    [Fact]
    public async Task A_caller_without_any_right_sees_what_was_not_checked()
    {
        using var denied = new HttpListener();
        var endpoint = Listen(denied);
        var responding = RespondAsync(denied);
        var access = new AwsAccess(new BasicAWSCredentials("AKIANOBODY", "not-a-secret"), "us-east-1", endpoint);
        using var client = new SignedClient(access, TimeProvider.System);
        using var app = new AppReader(Examples.Stack(), access, TimeProvider.System);
        var logins = new LoginFiles([], new CredentialHelper());
        using var reader = new DoctorReader(Examples.Stack(), app, access, client, logins, TimeProvider.System);
        var document = Examination.Of(await reader.ReadAsync(TestContext.Current.CancellationToken));
        denied.Stop();
        await responding;
        Assert.Empty(document.Findings);
        Assert.Equal(
            [
                "the records and the group", "the group's settings", "the group's hooks", "the bus and its policy",
                "the rules and their targets", "who gets the alerts", "the dead letters", "the alarms", "the machines' secrets",
            ],
            document.Unread.Select(unread => unread.Split(':')[0]));
        Assert.All(document.Unread, unread => Assert.Contains("nobody may", unread, StringComparison.Ordinal));
    }

    // The system gives no free port to a listener of this kind.
    private static Uri Listen(HttpListener listener)
    {
        for (var port = 20000 + (Environment.ProcessId % 20000); ; port++)
        {
            listener.Prefixes.Clear();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new Uri($"http://127.0.0.1:{port}/");
            }
            catch (HttpListenerException)
            {
                // Taken: the next one.
            }
        }
    }

    // Each protocol has its own form of an error.
    private static async Task RespondAsync(HttpListener listener)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                var body = context.Request.Headers["X-Amz-Target"] is not null
                    ? """{"__type":"AccessDeniedException","message":"nobody may"}"""
                    : "<Response><Errors><Error><Code>AccessDenied</Code><Message>nobody may</Message></Error></Errors>"
                        + "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>nobody may</Message></Error></Response>";
                context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
