using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Server;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Tests.Images;

public sealed class ImageControlTests : IAsyncLifetime
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private readonly HttpClient client = new();
    private readonly ImageBehaviours images = new(TimeSpan.Zero);
    private SandboxServer server = null!;

    public async ValueTask InitializeAsync() => server = await SandboxServer.StartAsync(
        new SandboxOptions { Software = images, Parts = [new ImageControl(images)] }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_behaviour_that_was_put_is_in_force()
    {
        using var response = await PutAsync($"sha256:{Digest}", """{"behaviour":"exits","reason":"no key"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var health = images.Of($"registry.example/app@sha256:{Digest}").At(TimeSpan.Zero, "app");
        Assert.Equal("exited with 1: no key", health.Headers()["X-Charlie-Last"]);
    }

    [Theory]
    [InlineData("latest", """{"behaviour":"healthy"}""")]
    [InlineData($"sha256:{Digest}", """{"behaviour":"sleepy"}""")]
    [InlineData($"sha256:{Digest}", """{"behaviour":"healthy-then-500"}""")]
    [InlineData($"sha256:{Digest}", """{"behaviour":"exits","reason":"\n"}""")]
    [InlineData($"sha256:{Digest}", """{"behaviour":"healthy","afterSeconds":-1}""")]
    [InlineData($"sha256:{Digest}", """{"behavior":"healthy"}""")]
    [InlineData($"sha256:{Digest}", "null")]
    public async Task A_wrong_behaviour_is_refused_with_a_reason(string digest, string body)
    {
        using var response = await PutAsync(digest, body);
        var error = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(string.IsNullOrEmpty((string?)error!["error"]));
    }

    private Task<HttpResponseMessage> PutAsync(string digest, string body) => client.PutAsync(
        new Uri(server.Endpoint, $"/_sandbox/images/{digest}"), new StringContent(body, Encoding.UTF8),
            TestContext.Current.CancellationToken);
}
