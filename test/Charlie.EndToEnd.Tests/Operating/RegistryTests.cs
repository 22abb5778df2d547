using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Charlie.Operations;
using Charlie.Operations.Doctor;
using Charlie.Operations.Registry;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Images are asked of a registry that plays GitLab's: no manifest without a token, and no token without the login.</summary>
public sealed class RegistryTests : IDisposable
{
    private static readonly ImageReference Image =
        ImageReference.Read(Examples.Version(3, Examples.Second).Image)!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-logins-").FullName;
    private readonly Registry registry = new();
    private readonly RegistryClient client;

    public RegistryTests() => client = new RegistryClient(registry);

    public void Dispose()
    {
        client.Dispose();
        registry.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    public async Task A_manifest_is_there_or_not(HttpStatusCode status, bool isThere)
    {
        registry.Status = status;
        var read = await new ImageReader(client, Logins("maria:secret")).ReadAsync(
            Examples.Confirmed(), Cancellation);
        Assert.Equal(
            [(Examples.Second, false, isThere), (Examples.First, true, isThere)],
            read.Select(image => (image.Release, image.IsFallback, image.IsThere)));
        Assert.Equal("?service=container_registry&scope=repository%3Aexample%2Fcharlie%3Apull", registry.Asked);
    }

    [Fact]
    public async Task A_login_that_is_refused_and_a_registry_in_trouble_are_named_and_no_finding()
    {
        Assert.Equal(
            "gitlab.com gave no token to joe for example/charlie",
            (await Assert.ThrowsAsync<OperationException>(() => AskAsync("joe:wrong"))).Message);
        registry.Status = HttpStatusCode.Forbidden;
        Assert.Equal(
            "registry.gitlab.com refused the login of maria for example/charlie",
            (await Assert.ThrowsAsync<OperationException>(() => AskAsync("maria:secret"))).Message);
        registry.Status = HttpStatusCode.BadGateway;
        Assert.Equal(
            "registry.gitlab.com responded with HTTP 502",
            (await Assert.ThrowsAsync<OperationException>(() => AskAsync("maria:secret"))).Message);
        registry.Realm = "http://gitlab.com/jwt/auth";
        Assert.Equal(
            "registry.gitlab.com names no place that gives tokens",
            (await Assert.ThrowsAsync<OperationException>(() => AskAsync("maria:secret"))).Message);
    }

    [Fact]
    public async Task The_nearest_login_of_the_first_file_is_taken()
    {
        var (first, second) = (Path.Combine(folder, "auth.json"), Path.Combine(folder, "config.json"));
        File.WriteAllText(first, Auths(("registry.gitlab.com/other", "x:x")));
        File.WriteAllText(second, Auths(("https://registry.gitlab.com/", "host:1"), ("registry.gitlab.com/example", "group:a:b")));
        Assert.Equal(new RegistryLogin("group", "a:b"), await LoginAsync(Image, Path.Combine(folder, "none"), first, second));
        Assert.Equal(new RegistryLogin("host", "1"), await LoginAsync(Image with { Name = "another/app" }, second));
    }

    [Theory]
    [InlineData("{}", "no login for registry.gitlab.com at hand")]
    [InlineData("", "no login for registry.gitlab.com at hand")]
    [InlineData("{\"auths\":{\"registry.gitlab.com\":{}},\"credsStore\":\"pass\"}", "docker-credential-pass, which keeps the login")]
    [InlineData("{\"credHelpers\":{\"registry.gitlab.com\":\"pass\"}}", "docker-credential-pass, which keeps the login")]
    [InlineData("{\"credHelpers\":{\"registry.gitlab.com\":\"../pass\"}}", "is kept by '../pass', which is no name of a helper")]
    [InlineData("{\"auths\":{\"registry.gitlab.com\":{\"auth\":\"-\"}}}", "cannot be read")]
    [InlineData("{", "cannot be read")]
    public async Task Without_a_login_the_reason_is_named(string file, string says)
    {
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, file);
        var error = await Assert.ThrowsAsync<OperationException>(() => LoginAsync(Image, path));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The program's protocol is that of docker/docker-credential-helpers.</summary>
    [Theory]
    [InlineData("cat > \"$0.asked\"; echo '{\"ServerURL\":\"x\",\"Username\":\"joe\",\"Secret\":\"a:b\"}'", "joe")]
    [InlineData(
        "echo '{\"Username\":\"<token>\",\"Secret\":\"x\"}'",
        "docker-credential-pass keeps a token for registry.gitlab.com, and no password")]
    [InlineData("echo credentials not found in native keychain; exit 1", "docker-credential-pass has no login for registry.gitlab.com")]
    public async Task A_program_that_keeps_the_login_is_asked(string script, string says)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a shell script");
        var (file, program) = (Path.Combine(folder, "config.json"), Path.Combine(folder, "docker-credential-pass"));
        await File.WriteAllTextAsync(file, """{"auths":{"registry.gitlab.com":{}},"credsStore":"pass"}""", Cancellation);
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n[ \"$1\" = get ] || exit 2\n{script}\n", Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        if (says == "joe")
        {
            Assert.Equal(new RegistryLogin("joe", "a:b"), await LoginAsync(Image, file));
            Assert.Equal("registry.gitlab.com", await File.ReadAllTextAsync(program + ".asked", Cancellation));
        }
        else
        {
            Assert.Equal(says, (await Assert.ThrowsAsync<OperationException>(() => LoginAsync(Image, file))).Message);
        }
    }

    [Fact]
    public async Task The_files_are_those_of_docker_and_podman()
    {
        var path = Path.Combine(folder, ".docker", "config.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Auths(("registry.gitlab.com", "home:1")));
        var variables = new Dictionary<string, string> { ["HOME"] = folder };
        Assert.Equal("home", (await LoginFiles.Find(variables.GetValueOrDefault).LoginForAsync(Image, Cancellation)).User);
        variables["XDG_RUNTIME_DIR"] = Path.Combine(folder, "run");
        Directory.CreateDirectory(Path.Combine(folder, "run", "containers"));
        File.Copy(path, Path.Combine(folder, "run", "containers", "auth.json"));
        File.WriteAllText(path, "{}");
        Assert.Equal("home", (await LoginFiles.Find(variables.GetValueOrDefault).LoginForAsync(Image, Cancellation)).User);
    }

    private LoginFiles Logins(string login)
    {
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, Auths(("registry.gitlab.com", login)));
        return new LoginFiles([path], new CredentialHelper());
    }

    private Task<RegistryLogin> LoginAsync(ImageReference image, params IReadOnlyList<string> files) =>
        new LoginFiles(files, new CredentialHelper(Path.Combine(folder, "docker-credential-"))).LoginForAsync(image, Cancellation);

    private async Task<bool> AskAsync(string login) =>
        await client.HasAsync(Image, await Logins(login).LoginForAsync(Image, Cancellation), Cancellation);

    private static string Auths(params IEnumerable<(string Key, string Login)> logins) => new JsonObject
    {
        ["auths"] = new JsonObject(logins.Select(one => new KeyValuePair<string, JsonNode?>(
            one.Key, new JsonObject { ["auth"] = Base64(one.Login) }))),
    }.ToJsonString();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class Registry : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public string Realm { get; set; } = "https://gitlab.com/jwt/auth";

        public string Asked { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.RequestUri!.Host == "gitlab.com" ? Token(request) : Manifest(request));

        private HttpResponseMessage Token(HttpRequestMessage request)
        {
            Asked = request.RequestUri!.Query;
            return request.Headers.Authorization is { Scheme: "Basic" } basic && basic.Parameter == Base64("maria:secret")
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"token":"t"}""") }
                : new HttpResponseMessage(HttpStatusCode.Unauthorized);
        }

        private HttpResponseMessage Manifest(HttpRequestMessage request)
        {
            Assert.Equal(HttpMethod.Head, request.Method);
            Assert.Equal(
                $"https://registry.gitlab.com/v2/example/charlie/manifests/sha256:{new string('a', 64)}", request.RequestUri!.ToString());
            Assert.Contains("application/vnd.oci.image.index.v1+json", request.Headers.Accept.Select(type => type.MediaType));
            var response = new HttpResponseMessage(
                request.Headers.Authorization?.ToString() == "Bearer t" ? Status : HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.Add(
                new AuthenticationHeaderValue("Bearer", $"realm=\"{Realm}\",service=\"container_registry\""));
            return response;
        }
    }
}
