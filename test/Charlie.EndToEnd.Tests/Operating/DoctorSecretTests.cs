using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Operations.Access;
using Charlie.Operations.Doctor;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>What the machines' role may read, asked of the embedded IAM.</summary>
public sealed class DoctorSecretTests
{
    private const string Role = "arn:aws:iam::123456789012:role/charlie-production-InstanceRole-ABCDEF";

    [Fact]
    public async Task A_secret_that_the_machines_role_may_not_read_is_found_and_mended()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        var access = new AwsAccess(new BasicAWSCredentials("AKIATEST", "not-a-secret"), "us-east-1", served.Endpoint);
        using var client = new SignedClient(access, TimeProvider.System);
        var secret = (string)(await CallAsync("CreateSecret", new() { ["Name"] = "bot", ["SecretString"] = "{}" }))["ARN"]!;
        await PutParameterAsync("machine", new JsonObject { ["appSecret"] = secret });
        Assert.Contains(
            "what the machines' role may read: the stack has no InstanceProfileRoleArn",
            (await charlie.ReadAsync<DoctorDocument>(1, "doctor")).Unread);

        await PutParameterAsync("stack", await StackAsync());
        Assert.Contains(
            (await charlie.ReadAsync<DoctorDocument>(1, "doctor")).Unread,
            unread => unread.Contains("iam:SimulatePrincipalPolicy: NoSuchEntity", StringComparison.Ordinal));

        await PutRoleAsync(served, "Allow", secret.Replace("bot", "other", StringComparison.Ordinal));
        var denied = Assert.Single(
            (await charlie.ReadAsync<DoctorDocument>(1, "doctor")).Findings, finding => finding.Name == "SecretDenied");
        Assert.Contains($"Role {Role} of the machines may not read secret {secret}", denied.What, StringComparison.Ordinal);
        Assert.StartsWith(
            "aws iam put-role-policy --role-name charlie-production-InstanceRole-ABCDEF ", denied.Mend, StringComparison.Ordinal);

        await PutRoleAsync(served, "Deny", "*");
        Assert.Contains((await charlie.ReadAsync<DoctorDocument>(1, "doctor")).Findings, finding => finding.Name == "SecretDenied");
        await PutRoleAsync(served, "Allow", "arn:aws:secretsmanager:*:secret:bot-??????");
        var mended = await charlie.ReadAsync<DoctorDocument>(1, "doctor");
        Assert.Equal(["NobodyIsTold"], mended.Findings.Select(finding => finding.Name));
        Assert.DoesNotContain(mended.Unread, unread => unread.Contains("secret", StringComparison.Ordinal));

        // GitLab tells a token's day to its holder only, so a tag says it.
        (string, string?)[] days = [("2000-01-01", "TokenExpired"), ("soon", "TokenExpiryUnreadable"), ("2999-01-01", null)];
        foreach (var (day, found) in days)
        {
            await TagAsync(day);
            var findings = (await charlie.ReadAsync<DoctorDocument>(1, "doctor")).Findings.Where(finding => finding.Name != "NobodyIsTold");
            Assert.Equal(found, findings.SingleOrDefault()?.Name);
        }

        Task TagAsync(string day) => client.JsonAsync(
            "secretsmanager",
            "secretsmanager",
            "TagResource",
            new JsonObject
            {
                ["SecretId"] = secret,
                ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "charlie:token-expires", ["Value"] = day }),
            },
            TestContext.Current.CancellationToken);

        Task<JsonObject> CallAsync(string action, JsonObject arguments)
        {
            arguments["ClientRequestToken"] = "0c4a711e-5a0d-4000-8000-000000000000";
            return client.JsonAsync("secretsmanager", "secretsmanager", action, arguments, TestContext.Current.CancellationToken);
        }

        async Task<JsonObject> StackAsync()
        {
            var read = await client.JsonAsync(
                "ssm",
                "AmazonSSM",
                "GetParameter",
                new JsonObject { ["Name"] = "/charlie/charlie/stack" },
                TestContext.Current.CancellationToken);
            var stack = JsonNode.Parse((string)read["Parameter"]!["Value"]!)!.AsObject();
            Assert.Equal("", (string)stack["instanceRole"]!);
            stack["instanceRole"] = Role;
            return stack;
        }

        Task PutParameterAsync(string name, JsonObject value) => client.JsonAsync(
            "ssm",
            "AmazonSSM",
            "PutParameter",
            new JsonObject
            {
                ["Name"] = $"/charlie/charlie/{name}",
                ["Value"] = value.ToJsonString(),
                ["Type"] = "String",
                ["Overwrite"] = true,
            },
            TestContext.Current.CancellationToken);
    }

    private static async Task PutRoleAsync(ServedAws served, string effect, string resource)
    {
        using var http = new HttpClient();
        using var response = await http.PutAsJsonAsync(
            new Uri(served.Endpoint, "/_sandbox/roles"),
            new JsonObject
            {
                ["role"] = Role,
                ["policy"] = new JsonObject
                {
                    ["Statement"] = new JsonArray(new JsonObject
                    {
                        ["Effect"] = effect,
                        ["Action"] = "secretsmanager:Get*",
                        ["Resource"] = resource,
                    }),
                },
            },
            TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
