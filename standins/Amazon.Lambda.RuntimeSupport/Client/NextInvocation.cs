using System.Globalization;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One response of <c>/runtime/invocation/next</c>: the event, and what its headers say of it.</summary>
internal sealed record NextInvocation(
    Stream Event,
    string AwsRequestId,
    string InvokedFunctionArn,
    string TraceId,
    string TenantId,
    DateTimeOffset Deadline,
    string ClientContext,
    string CognitoIdentity)
{
    public static NextInvocation From(Stream body, HttpResponseHeaders headers) => new(
        body,
        One(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new InvalidDataException("The Runtime API returned an invocation without Lambda-Runtime-Aws-Request-Id."),
        One(headers, "Lambda-Runtime-Invoked-Function-Arn"),
        One(headers, "Lambda-Runtime-Trace-Id"),
        One(headers, "Lambda-Runtime-Aws-Tenant-Id"),
        DeadlineOf(One(headers, "Lambda-Runtime-Deadline-Ms")),
        One(headers, "Lambda-Runtime-Client-Context"),
        One(headers, "Lambda-Runtime-Cognito-Identity"));

    private static string One(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static DateTimeOffset DeadlineOf(string milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0);
}
