using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>
/// Who holds credentials of AWS in the pipeline, and in what it runs. A Developer may push an image to the registry and start a pipeline
/// of a branch; three things keep both from the roles: the rules (the default branch), the image by the digest that a protected variable
/// has, and the subject that the roles trust.
/// </summary>
public sealed class DeployStackTests
{
    private static readonly JsonObject Pipeline = TemplateReader.Read(Repository.Read(".gitlab-ci.yml"));
    private static readonly JsonObject Component =
        TemplateReader.Read(Repository.Read("templates/deploy.yml").Split("\n---\n")[1]);

    private static readonly JsonObject Job = Pipeline["deploy-stack"]!.AsObject();

    private static readonly ResolvedTemplate Deployer = new(
        "infrastructure/deployer.template", ("ProviderArn", "arn:aws:iam::123456789012:oidc-provider/gitlab.com"));

    [Fact]
    public void Jobs_that_hold_a_role_run_in_the_image_of_the_protected_variable_and_build_nothing()
    {
        var holders = Pipeline.Concat(Component)
            .Where(job => !job.Key.StartsWith('.') && Template.Strings((job.Value as JsonObject)?["extends"]).Contains(".charlie-aws"))
            .ToDictionary(job => job.Key, job => job.Value!.AsObject());

        Assert.Equal(["deploy-stack", "$[[ inputs.job_prefix ]]deploy"], holders.Keys);
        Assert.Equal("$CHARLIE_RUNNER_IMAGE", (string)holders["deploy-stack"]["image"]!);
        Assert.Equal("$[[ inputs.runner_image ]]", (string)holders["$[[ inputs.job_prefix ]]deploy"]["image"]!);
        Assert.All(holders.Values, job => Assert.DoesNotMatch(@"docker|dotnet|\./package|npm|pip", Script(job)));
    }

    [Fact]
    public void A_job_that_builds_has_no_token_and_no_role()
    {
        var others = Pipeline.Concat(Component)
            .Where(job => job.Value is JsonObject && job.Key != ".charlie-aws"
                && !Template.Strings(job.Value["extends"]).Contains(".charlie-aws"))
            .ToList();
        Assert.Contains("package", others.Select(job => job.Key));
        Assert.Contains("$[[ inputs.job_prefix ]]build", others.Select(job => job.Key));
        Assert.All(others, job => Assert.DoesNotMatch("id_tokens|(?<![A-Z_])AWS_|_ROLE_ARN", job.Value!.ToJsonString()));
    }

    [Fact]
    public void A_person_starts_it_on_the_default_branch_in_an_environment_of_its_own()
    {
        Assert.Equal("charlie-stack", (string)Job["environment"]!["name"]!);
        var rule = Assert.Single(Job["rules"]!.AsArray())!;
        Assert.StartsWith("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && ", (string)rule["if"]!, StringComparison.Ordinal);
        Assert.Equal("manual", (string)rule["when"]!);
        Assert.Equal("0", Job["retry"]!.ToString());
        Assert.Contains(
            Job["needs"]!.AsArray(), need => need is JsonObject && (string)need["job"]! == "package" && (bool)need["artifacts"]!);
    }

    /// <summary>The job's own lines, with an <c>aws</c> that writes down what it is called with.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_deploys_the_zip_that_package_made_and_no_other(bool isTampered)
    {
        var folder = Directory.CreateTempSubdirectory("charlie-stack-").FullName;
        string At(string name) => Path.Combine(folder, name);
        await File.WriteAllTextAsync(At("charlie-lambdas.zip"), "the zip", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            At("SHA256SUMS"), $"{Convert.ToHexStringLower(SHA256.HashData("the zip"u8))}  charlie-lambdas.zip\n",
            TestContext.Current.CancellationToken);
        File.Copy(Repository.PathOf("serverless.template"), At("serverless.template"));
        await File.WriteAllTextAsync(
            At("aws"), "#!/bin/sh\necho \"$*\" >> \"$(dirname \"$0\")/calls\"\n", TestContext.Current.CancellationToken);
        await Repository.Run("/bin/chmod", ["+x", At("aws")]);
        if (isTampered)
        {
            await File.WriteAllTextAsync(At("charlie-lambdas.zip"), "another", TestContext.Current.CancellationToken);
        }

        var ran = await Repository.Run(
            "/bin/sh",
            ["-euc", Script(Job)],
            new Dictionary<string, string>
            {
                ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}",
                ["CHARLIE_STACK_BUCKET"] = "bucket",
                ["CHARLIE_STACK_EXECUTION_ROLE_ARN"] = "role",
                ["CHARLIE_STACK_PARAMETERS"] = "/parameters",
            },
            folder);
        var calls = File.Exists(At("calls")) ? await File.ReadAllLinesAsync(At("calls"), TestContext.Current.CancellationToken) : [];
        var template = isTampered ? "" : await File.ReadAllTextAsync(At("stack.template"), TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(isTampered, ran.ExitCode != 0);
        Assert.Equal(isTampered ? 0 : 2, calls.Length);
        if (!isTampered)
        {
            var codes = Regex.Matches(template, "CodeUri: (.*)").Select(match => match.Groups[1].Value).ToList();
            Assert.Equal(["./charlie-lambdas.zip"], codes.Distinct());
            Assert.Equal(Template.OfType("AWS::Serverless::Function").Count(), codes.Count);
            Assert.StartsWith("cloudformation package --template-file stack.template ", calls[0], StringComparison.Ordinal);
            Assert.Equal(
                "cloudformation deploy --template-file packaged.template --stack-name charlie --s3-bucket bucket --s3-prefix charlie "
                + "--role-arn role --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --parameter-overrides file:///parameters",
                calls[1]);
        }
    }

    [Theory]
    [InlineData("", "project_path:ProjectPath:ref_type:branch:ref:main")]
    [InlineData(":environment_protected:true", "project_path:ProjectPath:ref_type:branch:ref:main:environment_protected:true")]
    public void Only_jobs_of_the_protected_branch_take_the_role(string suffix, string subject)
    {
        var template = new ResolvedTemplate("infrastructure/deployer.template", ("SubjectSuffix", suffix));
        var statement = JsonNode.Parse((string)template.Properties("Role")["AssumeRolePolicyDocument"]!)!["Statement"]!.AsArray();
        var trust = new[] { Assert.Single(statement)! };
        Assert.True(Takes(subject));
        Assert.False(Takes("project_path:ProjectPath:ref_type:branch:ref:feature" + suffix));
        Assert.False(Takes("project_path:other:ref_type:branch:ref:main" + suffix));
        Assert.False(Takes(subject + ":environment_protected:false"));

        bool Takes(string sub) => PolicyEvaluator.Allows(
            trust,
            new IamRequest(
                "sts:AssumeRoleWithWebIdentity", "", ("gitlab.com:sub", [sub]), ("gitlab.com:aud", ["https://gitlab.com"])));
    }

    [Theory]
    [InlineData("cloudformation:CreateChangeSet", "stack/charlie/1", "role/ExecutionRole", true)]
    [InlineData("cloudformation:CreateChangeSet", "stack/charlie/1", null, false)]
    [InlineData("cloudformation:CreateChangeSet", "stack/charlie/1", "role/admin", false)]
    [InlineData("cloudformation:CreateChangeSet", "stack/charlie-production/1", "role/ExecutionRole", false)]
    [InlineData("cloudformation:ExecuteChangeSet", "stack/charlie/1", null, true)]
    [InlineData("cloudformation:ExecuteChangeSet", "stack/charlie-production/1", null, false)]
    [InlineData("cloudformation:UpdateStack", "stack/charlie/1", "role/ExecutionRole", false)]
    [InlineData("cloudformation:DeleteStack", "stack/charlie/1", null, false)]
    public void The_job_changes_the_one_stack_with_the_one_role(string action, string resource, string? role, bool isAllowed) =>
        Assert.Equal(isAllowed, PolicyEvaluator.Allows(
            Deployer.Statements("Role"),
            new IamRequest(
                action,
                $"arn:aws:cloudformation:us-east-1:{ResolvedTemplate.Account}:{resource}",
                role is null ? [] : [("cloudformation:RoleArn", [$"arn:aws:iam::{ResolvedTemplate.Account}:{role}"])])));

    [Theory]
    [InlineData("iam:PutRolePolicy", "role/charlie-RefreshRole-ABC", true)]
    [InlineData("iam:PutRolePolicy", "role/charlie-deployer-ExecutionRole-ABC", false)]
    [InlineData("iam:PutRolePolicy", "role/charlie-production-InstanceRole-ABC", false)]
    [InlineData("iam:PutRolePolicy", "role/admin", false)]
    [InlineData("iam:CreateUser", "user/charlie-x", false)]
    [InlineData("iam:CreatePolicy", "policy/charlie-CharlieOperator-ABC", true)]
    [InlineData("iam:CreatePolicyVersion", "policy/other", false)]
    public void CloudFormation_makes_the_roles_of_the_stack_and_no_others(string action, string resource, bool isAllowed) => Assert.Equal(
        isAllowed, Makes(action, $"arn:aws:iam::{ResolvedTemplate.Account}:{resource}"));

    /// <summary>Each role that the template makes may be made, and handed to its own service only.</summary>
    [Fact]
    public void Each_role_of_the_template_can_be_made()
    {
        Assert.All(Template.OfType("AWS::IAM::Role"), role =>
        {
            var arn = $"arn:aws:iam::{ResolvedTemplate.Account}:role/charlie-{role.Id}-ABC";
            Assert.True(Makes("iam:CreateRole", arn), role.Id);
            var service = Template.Strings(Template.Descendants(role.Properties["AssumeRolePolicyDocument"]).OfType<JsonObject>()
                .Single(one => one.ContainsKey("Service"))["Service"]).Single();
            Assert.True(Makes("iam:PassRole", arn, ("iam:PassedToService", [service])), role.Id);
            Assert.False(Makes("iam:PassRole", arn, ("iam:PassedToService", ["ec2.amazonaws.com"])), role.Id);
        });
        const string Lifecycle = "arn:aws:iam::123456789012:role/charlie-LifecycleRole-ABC";
        Assert.False(Makes("iam:AttachRolePolicy", Lifecycle, ("iam:PolicyARN", ["arn:aws:iam::aws:policy/AdministratorAccess"])));
        Assert.True(Makes(
            "iam:AttachRolePolicy", Lifecycle, ("iam:PolicyARN", ["arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"])));
    }

    private static bool Makes(string action, string resource, params (string, string[])[] context) =>
        PolicyEvaluator.Allows(Deployer.Statements("ExecutionRole"), new IamRequest(action, resource, context));

    private static string Script(JsonObject job) =>
        string.Join('\n', Template.Strings(job["script"]));
}
