using Charlie.Lambdas.Aws;
using Charlie.Sandbox;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Deep;

namespace Charlie.Simulation.Environments;

/// <summary>
/// The deep tier's calls: the same way to AWS with the same faults, and what the SDK makes of them, its retries and errors. Only
/// marshalling, signatures and bytes are left out.
/// </summary>
/// <param name="accessKey">Whose calls they are.</param>
internal sealed class DeepCaller(
    Cloud cloud, CallPath path, RememberedResponses<DeepResponse> remembered, Random random, string accessKey) : IApiCaller
{
    public async Task<TResponse> CallAsync<TResponse>(ApiCallRequest call, Func<object?, TResponse> read)
        where TResponse : class
    {
        var sent = new Sent(cloud.Endpoint, accessKey, call, read);
        for (var retries = 0; ; retries++)
        {
            try
            {
                var response = await path.SendAsync(sent, remembered);
                if (response.Error is { } error)
                {
                    throw SdkErrors.Of(call, error);
                }

                return (TResponse)response.Response!;
            }
            catch (HttpRequestException broken) when (retries == ClientLimits.MaxRetries)
            {
                // As the SDK lets it out.
                throw broken.InnerException ?? broken;
            }
            catch (Exception error) when (retries < ClientLimits.MaxRetries && SdkRetries.IsRetried(error))
            {
            }

            await Task.Delay(SdkRetries.WaitBefore(retries + 1, random), cloud.Time);
        }
    }

    private sealed class Sent(AwsEndpoint endpoint, string accessKey, ApiCallRequest call, Func<object?, object> read)
        : IPathCall<DeepResponse>
    {
        public string Service => call.Service;

        public string? ReadKey { get; } = call.IsRead ? call.Key : null;

        public bool ReadsRecords => call.Action == "DescribeLaunchTemplates";

        public DeepResponse Respond() =>
            endpoint.Respond(call.Service, call.Action, accessKey, call.Parameters) switch
            {
                { Error: { } error } => new DeepResponse(null, error),
                { } response => new DeepResponse(read(response.Result), null),
                null => throw CallPath.Broken(),
            };

        public bool Succeeded(DeepResponse response) => response.Error is null;
    }
}

/// <summary>What comes back of a call in the deep tier: the SDK's response, or AWS's error.</summary>
internal sealed record DeepResponse(object? Response, AwsException? Error);
