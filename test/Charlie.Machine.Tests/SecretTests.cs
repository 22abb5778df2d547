using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Charlie.Machine.Tests;

/// <summary>No secret is where somebody could read it who should not: looked for while a machine boots, runs and stops.</summary>
public sealed class SecretTests(ContainerHost host)
{
    private const string Account = "account-that-nobody-may-see-4711";

    [LongFact]
    public async Task No_secret_is_in_a_process_list_the_timeline_a_layer_or_a_file_that_others_read()
    {
        var image = await host.PushAsync("5.0");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var processes = WatchProcessesAsync(over.Token);
        var settings = new Dictionary<string, string> { ["CHARLIE_REGISTRY_SECRET"] = "registry", ["CHARLIE_APP_SECRET"] = "ssm:/bot" };
        await using var machines = await MachineGroup.StartAsync(host, image, settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.PutParameter("/bot", JsonSerializer.Serialize(new { BROKER_ACCOUNT = Account }));
        });
        var machine = await machines.FirstAsync();
        await machines.HealthyAsync(machine);
        var folder = machines.FolderOf(machine);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);
        await machines.TerminateAsync(machine);
        await machines.UntilAsync(
            () => Task.FromResult(machines.Cloud.Timeline.From(0).Any(entry => entry.Kind == "MachineStopped")), "the machine to stop");
        await over.CancelAsync();
        var (looked, commands) = await processes;

        Assert.True(looked > 20 && commands.Exists(command => command.Contains("run_app.sh", StringComparison.Ordinal)),
            $"Looked {looked} times.");
        Assert.DoesNotContain(commands, HasSecret);
        Assert.DoesNotContain(machines.Cloud.Timeline.From(0).Select(entry => entry.Text), HasSecret);
        // Once the container runs, no file of the scripts' holds one any more, whoever may read it.
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => HasSecret(Encoding.Latin1.GetString(file.Value)));
        var layers = Path.Combine(host.Folder, "image.tar");
        (await host.DockerAsync("", "save", "--output", layers, image)).OutputOrThrow();
        Assert.False(HasSecret(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(layers, TestContext.Current.CancellationToken))));
    }

    /// <summary>A private key is a text of several lines; the app gets it to the byte, and no line of it is told.</summary>
    [LongFact]
    public async Task A_value_of_several_lines_reaches_the_app_as_it_is_and_is_masked()
    {
        const string Key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIF $HOME \"quoted\" `x`\n\n-----END PRIVATE KEY-----\n\n";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        var image = await host.PushAsync("5.1", $"""
            #!/bin/sh
            echo "the key is $BROKER_KEY"
            found=$(printf %s "$BROKER_KEY" | sha256sum | cut -d ' ' -f 1)
            [ "$BROKER_ACCOUNT" = 42 ] && [ "$found" = {digest} ] && exit 7
            exit 8

            """);
        var settings = new Dictionary<string, string> { ["CHARLIE_REGISTRY_SECRET"] = "registry", ["CHARLIE_APP_SECRET"] = "bot" };
        await using var machines = await MachineGroup.StartAsync(host, image, settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            cloud.Secrets.Put("bot", JsonSerializer.Serialize(new { BROKER_ACCOUNT = "42", BROKER_KEY = Key }));
        });
        var response = await machines.ResponseAsync(await machines.FirstAsync(), it => it.Last is not null, "the app to end");
        Assert.StartsWith("exited with 7: ", response.Last, StringComparison.Ordinal);
        Assert.DoesNotContain("MC4CAQ", string.Join('\n', response.Headers), StringComparison.Ordinal);
    }

    private static bool HasSecret(string text) =>
        text.Contains(Account, StringComparison.Ordinal) || text.Contains(ContainerHost.Password, StringComparison.Ordinal);

    private static async Task<(int Looked, List<string> Commands)> WatchProcessesAsync(CancellationToken over)
    {
        var (looked, commands) = (0, new HashSet<string>());
        while (!over.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
            {
                try
                {
                    commands.Add((await File.ReadAllTextAsync(Path.Combine(process, "cmdline"), CancellationToken.None))
                        .Replace('\0', ' '));
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                }
            }

            looked++;
        }

        return (looked, [.. commands]);
    }
}
