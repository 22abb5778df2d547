using System.Text.Json;
using Charlie.Cli.Commands.Operating;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Operations.Status;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The command as one native file, named by <c>CHARLIE_COMMAND</c>: <c>./package --command</c> makes it.</summary>
public sealed class NativeCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("charlie-native-");

    public void Dispose() => folder.Delete(recursive: true);

    [LongFact]
    public async Task The_native_file_alone_says_what_the_command_says()
    {
        Assert.SkipWhen(Program() is null, "CHARLIE_COMMAND names no native command.");
        await using var served = await ServedAws.StartAsync();
        var status = JsonSerializer.Deserialize<StatusDocument>(await RunAsync(served, 0, "status", "--json"), Documents.Options)!;
        Assert.Equal((AppState.InSync, "0.0", 1), (status.State, status.Desired.Release, status.InService));
        Assert.Contains("charlie: the base image is confirmed", await RunAsync(served, 0, "status"), StringComparison.Ordinal);
        Assert.Contains("would change nothing now", await RunAsync(served, 0, "plan"), StringComparison.Ordinal);
        Assert.Contains("Pushed release 1048576.7700123", await RunAsync(served, 0, "push"), StringComparison.Ordinal);
        Assert.Contains("is confirmed", await RunAsync(served, 0, "wait", "--release", "1048576.7700123"), StringComparison.Ordinal);
        Assert.Contains("The alert topic has no subscription", await RunAsync(served, 1, "doctor"), StringComparison.Ordinal);
        Assert.Equal((await CharlieCommand.RunAsync("--version")).Output, await RunAsync(served, 0, "--version"));
    }

    /// <summary>The SDK makes the clients of a profile by their names, which a native program would lose.</summary>
    [LongFact]
    public async Task The_native_file_signs_in_by_profiles()
    {
        Assert.SkipWhen(Program() is null, "CHARLIE_COMMAND names no native command.");
        await using var served = await ServedAws.StartAsync();
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "token"), "header.claims.signature", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "config"),
            $"""
            [profile web]
            role_arn = arn:aws:iam::123456789012:role/ops
            web_identity_token_file = {folder.FullName}/token
            region = us-east-1
            [profile base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = not-a-secret
            [profile role]
            role_arn = arn:aws:iam::123456789012:role/ops
            source_profile = base
            region = us-east-1
            [sso-session ops]
            sso_start_url = https://example.awsapps.com/start
            sso_region = us-east-1
            [profile sso]
            sso_session = ops
            sso_account_id = 123456789012
            sso_role_name = ops
            region = us-east-1
            """,
            TestContext.Current.CancellationToken);
        Assert.Contains("charlie: the base image", await RunAsync(served, 0, "status", "--profile", "web"), StringComparison.Ordinal);

        // The embedded AWS plays no AssumeRole; that it was asked, with the source's key, shows that the client is there.
        Assert.Contains("AssumeRole", await RunAsync(served, 2, "status", "--profile", "role"), StringComparison.Ordinal);
        Assert.Contains(
            (await served.ReadAsync("calls"))["entries"]!.AsArray(),
            call => (string?)call!["action"] == "AssumeRole" && (string?)call["caller"] == "AKIABASE");
        Assert.Contains("No valid SSO Token", await RunAsync(served, 2, "status", "--profile", "sso"), StringComparison.Ordinal);
    }

    private static string? Program() => Environment.GetEnvironmentVariable("CHARLIE_COMMAND") is { Length: > 0 } path ? path : null;

    private async Task<string> RunAsync(ServedAws served, int code, params string[] arguments)
    {
        // Nothing lies beside it.
        var alone = Path.Combine(folder.FullName, "charlie");
        if (!File.Exists(alone))
        {
            File.Copy(Program()!, alone);
        }

        var ran = await Tool.RunAsync(
            alone,
            arguments,
            new Dictionary<string, string>
            {
                ["HOME"] = folder.FullName,
                ["LC_ALL"] = "C.UTF-8",
                ["AWS_ENDPOINT_URL"] = served.Endpoint.ToString().TrimEnd('/'),
                ["AWS_CONFIG_FILE"] = Path.Combine(folder.FullName, "config"),
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            });
        Assert.True(ran.ExitCode == code, ran.Output + ran.Error);
        return ran.Output + ran.Error;
    }
}
