namespace Charlie.Lambdas.Aws;

/// <summary>A service that a function calls without the SDK refused the call, or did not respond.</summary>
internal sealed class CallException(string message, Exception? inner = null) : Exception(message, inner);
