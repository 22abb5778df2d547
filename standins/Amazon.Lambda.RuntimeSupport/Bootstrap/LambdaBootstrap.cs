using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>False ends the bootstrap without an error; an exception is reported to the Runtime API and thrown on.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

public class LambdaBootstrap : IDisposable
{
    // Lambda freezes the environment while the request for the next invocation is open, for hours if nothing happens.
    private static readonly TimeSpan NextInvocationTimeout = TimeSpan.FromHours(12);

    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly RuntimeApi _runtimeApi;
    private readonly InvocationLog _log = InvocationLog.FromEnvironment(Console.Out, TimeProvider.System);

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), handlerWrapper.Handler, initializer, null, ownsHttpClient: true)
    {
    }

    public LambdaBootstrap(
        HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(ConstructHttpClient(), handlerWrapper.Handler, initializer, lambdaBootstrapOptions, ownsHttpClient: true)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper.Handler, initializer, null, ownsHttpClient: false)
    {
    }

    public LambdaBootstrap(
        HttpClient httpClient,
        HandlerWrapper handlerWrapper,
        LambdaBootstrapOptions lambdaBootstrapOptions,
        LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper.Handler, initializer, lambdaBootstrapOptions, ownsHttpClient: false)
    {
    }

    private LambdaBootstrap(
        HttpClient httpClient,
        LambdaBootstrapHandler handler,
        LambdaBootstrapInitializer initializer,
        LambdaBootstrapOptions options,
        bool ownsHttpClient)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(handler);
        (_httpClient, _handler, _initializer, _ownsHttpClient) = (httpClient, handler, initializer, ownsHttpClient);
        _httpClient.Timeout = NextInvocationTimeout;
        _runtimeApi = new RuntimeApi(httpClient, options?.RuntimeApiEndpoint);
    }

    public static HttpClient ConstructHttpClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.Add("User-Agent", $"aws-lambda-dotnet/{Environment.Version}");
        return client;
    }

    /// <summary>
    /// Serves one invocation after the other until the token is cancelled; an invocation that has begun then loses its
    /// response. A failing initializer and a Runtime API that does not work are thrown, so that the process ends non-zero.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_initializer is not null && !await InitializeAsync())
        {
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var invocation = await NextAsync(cancellationToken);
                await InvokeAsync(invocation, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
            {
                // Nothing was invoked for as long as one request may last; request again.
            }
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _ownsHttpClient)
        {
            _httpClient.Dispose();
        }
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            _log.Write(nameof(Core.LogLevel.Error), exception, null, []);
            await _runtimeApi.ReportInitErrorAsync(exception);
            throw;
        }
    }

    private async Task<InvocationRequest> NextAsync(CancellationToken cancellationToken)
    {
        var next = await _runtimeApi.NextAsync(cancellationToken);
        Environment.SetEnvironmentVariable(FunctionEnvironment.TraceIdVariable, next.TraceId);
        _log.Begin(next.AwsRequestId, next.TraceId);
        return new InvocationRequest { InputStream = next.Event, LambdaContext = new LambdaContext(next, _log, TimeProvider.System) };
    }

    private async Task InvokeAsync(InvocationRequest invocation, CancellationToken cancellationToken)
    {
        var requestId = invocation.LambdaContext.AwsRequestId;
        InvocationResponse response;
        try
        {
            response = await _handler(invocation);
        }
#pragma warning disable CA1031 // Whatever a handler throws is the invocation's error and is told to Lambda, which decides about retries.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.Write(nameof(Core.LogLevel.Error), exception, null, []);
            await _runtimeApi.ReportInvocationErrorAsync(requestId, exception);
            return;
        }

        try
        {
            await _runtimeApi.RespondAsync(requestId, response?.OutputStream, cancellationToken);
        }
        finally
        {
            if (response is { DisposeOutputStream: true, OutputStream: not null })
            {
                await response.OutputStream.DisposeAsync();
            }
        }
    }
}
