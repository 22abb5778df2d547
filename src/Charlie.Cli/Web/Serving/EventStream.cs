using Charlie.Cli.Web.Documents;
using Microsoft.AspNetCore.Http;

namespace Charlie.Cli.Web.Serving;

/// <summary>Server-sent events: what a feed comes to, as long as the browser listens.</summary>
internal sealed class EventStream(ConsoleFeed feed, ConsoleGuard guard)
{
    // A browser reads each of these within a frame.
    private const int MaxLines = 1000;

    public async Task RunAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var watcher = feed.Watch();
        try
        {
            await SendAsync(context, "session", PageJson.Write(new { guard.Token, feed.IsActing }));
            await FollowAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser went away.
        }
    }

    private async Task FollowAsync(HttpContext context)
    {
        var (sent, line) = (FeedState.First, 0);
        while (true)
        {
            var state = await feed.AfterAsync(sent.Number, context.RequestAborted);
            if (state.Document is { } document && state.DocumentNumber > sent.DocumentNumber)
            {
                await SendAsync(context, "document", document);
            }

            if (state.NotificationsNumber > sent.NotificationsNumber)
            {
                await SendAsync(context, "notifications", PageJson.Write(state.Notifications));
            }

            var (lines, next) = feed.TimelineFrom(line);
            foreach (var chunk in lines.Chunk(MaxLines))
            {
                await SendAsync(context, "timeline", PageJson.Write(chunk));
            }

            // The last of a reading: a page that has it has everything.
            await SendAsync(context, "reading", PageJson.Write(new { At = state.ReadAt, state.Trouble }));
            (sent, line) = (state, next);
        }
    }

    // JSON has no line breaks, so that each event's data is one line.
    private static async Task SendAsync(HttpContext context, string name, string data)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
