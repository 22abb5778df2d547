using System.Net;
using Amazon.Runtime;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;

namespace Charlie.Lambdas.Tests.Aws;

/// <summary>The one call of Secrets Manager, and which secrets are a line of text.</summary>
public sealed class SecretTextTests
{
    private const string Arn = "arn:aws:secretsmanager:sa-east-1:123456789012:secret:charlie/gitlab-token-aB3dEf";

    [Theory]
    [InlineData("{\"SecretString\":\"glpat-1\"}", "glpat-1")]
    [InlineData("{\"SecretString\":\" glpat-1\\n\"}", "glpat-1")]
    public async Task The_text_is_read_where_the_secret_is(string response, string text)
    {
        var sent = new List<string>();
        Assert.Equal(text, await Secret(sent, response).ReadAsync());
        Assert.Equal(
            [$"https://secretsmanager.sa-east-1.amazonaws.com/ secretsmanager.GetSecretValue {{\"SecretId\":\"{Arn}\"}}"], sent);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"SecretString\":\" \"}")]
    [InlineData("{\"SecretString\":\"a\\nb\"}")]
    [InlineData("{\"SecretBinary\":\"AAAA\"}")]
    public async Task Another_secret_is_an_error_that_does_not_show_it(string response)
    {
        var error = await Assert.ThrowsAsync<CallException>(() => Secret([], response).ReadAsync());
        Assert.Equal($"Secrets Manager has no text of one line in {Arn}", error.Message);
    }

    private static SecretText Secret(List<string> sent, string response) => new(
        new SignedCalls(
            new HttpMessageInvoker(new Answer(sent, response)),
            new BasicAWSCredentials("AKIDEXAMPLE", "not-a-secret"),
            null,
            TimeProvider.System),
        Arn);

    private sealed class Answer(List<string> sent, string response) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            sent.Add($"{request.RequestUri} {request.Headers.GetValues("x-amz-target").Single()} {body}");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(response) };
        }
    }
}
