using System.Net;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Runtime;
using Charlie.Lambdas.Aws.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace Charlie.Lambdas.Tests.Functions;

/// <summary>Both clients against an AWS in memory that keeps each call and responds with nothing, or with one prepared error.</summary>
internal sealed class RecordingAws : HttpClientFactory, IDisposable
{
    private const string Url = "http://127.0.0.1/";

    private static readonly BasicAWSCredentials Credentials = new("AKIDEXAMPLE", "not-a-secret");

    private readonly Recorder recorder;
    private readonly HttpClient http;
    private readonly Ec2Pipeline ec2;

    /// <param name="errors">The error code and message with which each action fails, by its name.</param>
    public RecordingAws(params (string Action, string Code, string Message)[] errors)
    {
        recorder = new Recorder(errors);
        http = new HttpClient(recorder);
        ec2 = new Ec2Pipeline(Credentials, new AmazonEC2Config
        {
            ServiceURL = Url,
            AuthenticationRegion = "us-east-1",
            HttpClientFactory = this,
            MaxErrorRetry = 0,
        });
        Ec2 = new LeanEc2Client(ec2);
        AutoScaling = new AutoScalingClient(Credentials, new AmazonAutoScalingConfig
        {
            ServiceURL = Url,
            AuthenticationRegion = "us-east-1",
            HttpClientFactory = this,
            MaxErrorRetry = 0,
        });
    }

    public LeanEc2Client Ec2 { get; }

    public AutoScalingClient AutoScaling { get; }

    /// <summary>Each call as <c>Action Name=Value ...</c>, in the order of the names; its version and signature are left out.</summary>
    public List<string> Calls => recorder.Calls;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose()
    {
        ec2.Dispose();
        AutoScaling.Dispose();
        http.Dispose();
    }

    private sealed class Recorder((string Action, string Code, string Message)[] errors) : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken));
            var action = form["Action"].ToString();
            Calls.Add(string.Join(' ', form
                .Where(field => field.Key is not ("Action" or "Version"))
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{field.Key}={field.Value}")
                .Prepend(action)));
            return errors.FirstOrDefault(error => error.Action == action) is { Action: not null } error
                ? Respond(HttpStatusCode.BadRequest, $"""
                    <ErrorResponse><Error><Type>Sender</Type><Code>{error.Code}</Code><Message>{error.Message}</Message></Error>
                    <RequestId>7c6e177f-f082-11e1-ac58-3714bEXAMPLE</RequestId></ErrorResponse>
                    """)
                : Respond(HttpStatusCode.OK, $"""
                    <{action}Response><requestId>4e4fb5f2-5e0b-4e0b-9b0a-EXAMPLE</requestId>
                    <launchTemplateVersion><versionNumber>7</versionNumber></launchTemplateVersion>
                    <warning><errorSet><item>
                      <code>InvalidInstanceType</code><message>There is no m0.huge.</message>
                    </item></errorSet></warning>
                    </{action}Response>
                    """);
        }

        private static HttpResponseMessage Respond(HttpStatusCode status, string xml) =>
            new(status) { Content = new StringContent(xml, System.Text.Encoding.UTF8, "text/xml") };
    }
}
