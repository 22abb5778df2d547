using System.Text;
using Charlie.Sandbox.Wire;

namespace Charlie.Simulation.Deep;

/// <summary>Makes calls to the sandbox without a wire.</summary>
internal interface IApiCaller
{
    /// <typeparam name="TResponse">The SDK's type of the response.</typeparam>
    /// <param name="call">What is called.</param>
    /// <param name="read">Makes the response from the operation's result, at once: the result is the cloud's own state.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS's error, as the SDK throws it after its retries.</exception>
    Task<TResponse> CallAsync<TResponse>(ApiCallRequest call, Func<object?, TResponse> read)
        where TResponse : class;
}

/// <summary>One call of the Query protocol.</summary>
/// <param name="Service">The service's name in a signature.</param>
/// <param name="Action">The operation's name.</param>
/// <param name="Parameters">The flattened parameters, as the SDK would send them.</param>
internal sealed record ApiCallRequest(string Service, string Action, Dictionary<string, string> Parameters)
{
    public bool IsRead { get; } = Action.StartsWith("Describe", StringComparison.Ordinal);

    /// <summary>Equal for equal calls.</summary>
    public string Key
    {
        get
        {
            var key = new StringBuilder(Action, 256);
            foreach (var (name, value) in Parameters)
            {
                key.Append('\n').Append(name).Append('=').Append(value);
            }

            return key.ToString();
        }
    }
}
