namespace Charlie.Lambdas;

/// <summary>
/// The way to Lambda's Runtime API, which also says when the program may stop: at once while it waits for an invocation, and
/// otherwise after that invocation's response. Amazon.Lambda.RuntimeSupport gives the token of its loop to the response too,
/// so a token that is cancelled during an invocation would lose the response.
/// </summary>
internal sealed class StopAfterResponse(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private bool isInvoked;
    private bool isRequested;

    /// <summary>Cancelled when the loop may end.</summary>
    public CancellationToken Token => stopping.Token;

    /// <summary>Ends the loop as soon as no invocation is without a response.</summary>
    public void Stop()
    {
        lock (gate)
        {
            isRequested = true;
        }

        CancelWhenIdle();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A GET brings the next invocation; a POST is a response or an error.
        var isNext = request.Method == HttpMethod.Get;
        var isDone = false;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            isDone = true;
            return response;
        }
        finally
        {
            lock (gate)
            {
                isInvoked = isNext && isDone;
            }

            CancelWhenIdle();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stopping.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CancelWhenIdle()
    {
        lock (gate)
        {
            if (!isRequested || isInvoked)
            {
                return;
            }
        }

        stopping.Cancel();
    }
}
