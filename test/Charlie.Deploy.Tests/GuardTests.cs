using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>
/// The templates against AWS's own rules of Control Tower, by <c>cfn-guard</c>. A rule that one of them does not follow is here with its
/// reason; one that it follows again must leave the list.
/// </summary>
public sealed partial class GuardTests
{
    private const string NotRead = "The rule does not read the function that stands there: ";
    private const string Key = "Encrypted by AWS's own key; a key of the owner's would have to let four services in";
    private const string Retention = NotRead + "the retention is a parameter of 1 day to ten years";

    private static readonly Dictionary<string, string[]> Exceptions = new()
    {
        ["infrastructure/builder.template"] =
        [
            "subnet_auto_assign_public_ip_disabled_check", "the builder fetches packages by it, and nothing comes in",
            "s3_bucket_default_encryption_kms_check", Key,
            "s3_bucket_versioning_enabled_check", "each archive has a name of its own, and an old one is of no use",
            "s3_bucket_logging_enabled_check", "it would need a second bucket; CloudTrail has the calls",
            "s3_event_notifications_enabled_check", "nobody waits for an upload",
            "s3_bucket_policy_ssl_requests_only_check", NotRead + "the policy denies every call without TLS",
            "s3_bucket_object_lock_enabled_check", "the builder checks the archive by its checksum",
        ],
        ["infrastructure/deployer.template"] =
        [
            "iam_inline_policy_no_statements_with_full_access_check", "whole services, on resources of the stack's name only",
            "s3_bucket_default_encryption_kms_check", Key,
            "s3_bucket_logging_enabled_check", "it would need a second bucket; CloudTrail has the calls",
            "s3_event_notifications_enabled_check", "nobody waits for an upload",
            "s3_bucket_policy_ssl_requests_only_check", NotRead + "the policy denies every call without TLS",
            "s3_bucket_object_lock_enabled_check", "each zip is checked by its checksum before it is uploaded, and versions are kept",
        ],
        ["infrastructure/production.template"] =
        [
            "cloudwatch_log_group_retention_period_check", Retention,
            "cloudwatch_log_group_encrypted_check", Key,
            "ec2_launch_template_monitoring_enabled_check", "the app is probed each second; detailed metrics would cost more",
            "ec2_launch_template_nitro_instance_type_check", NotRead + "the instance type is a parameter",
            "nacl_no_unrestricted_ssh_rdp_check", "answers come to the ephemeral ports; no security group lets 3389 in",
            "ec2_launch_template_public_ip_disabled_check", "the machine reaches registry and broker by it, and nothing comes in",
            "autoscaling_multiple_az_check", NotRead + "two subnets of two zones",
            "autoscaling_mixed_instances_policy_multiple_instance_types_check", "Charlie refuses a mixed policy: a version is one thing",
            "autoscaling_launch_template_check", NotRead + "the version is the template's newest base",
            "alb_http_to_https_redirection_check", "port 80 is closed where there is a certificate, and asked for where there is none",
            "elbv2_acm_certificate_required_check", "PlainHttp has none, and has to be asked for",
            "elbv2_deletion_protection_enabled_check", "the balancer holds nothing; the group is what must not go",
            "elbv2_logging_enabled_check", "the app's log has its visitors; a bucket for these is the owner's to choose",
        ],
        ["infrastructure/slack.template"] = ["sqs_dlq_check", "it is the dead-letter queue"],
        ["serverless.template"] =
        [
            "cloudwatch_log_group_retention_period_check", Retention,
            "cloudwatch_log_group_encrypted_check", Key,
            "lambda_function_public_access_prohibited_check", NotRead + "the permission names rules of this account's bus",
            "sqs_dlq_check", "it is the dead-letter queue",
        ],
    };

    public static TheoryData<string> Templates => CfnLintTests.Templates;

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task A_template_follows_the_rules_of_Control_Tower_but_for_those_with_a_reason(string template)
    {
        Tool.Need("cfn-guard");
        // The package has its rules beside the folders of its programs.
        var program = new FileInfo(Tool.Find("cfn-guard")!);
        var home = (program.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? program).Directory!.Parent!.Parent!.Parent!.FullName;
        var rules = Path.Combine(home, "rules", "control-tower");
        Assert.SkipUnless(Directory.Exists(rules), $"cfn-guard has no rules at {rules}.");

        var ran = await Repository.Run(
            "cfn-guard",
            [
                "validate", "--data", Repository.PathOf(template), "--rules", rules, "--type", "CFNTemplate",
                "--show-summary", "all", "--output-format", "single-line-summary",
            ]);

        var found = Summary().Matches(ran.Output).Select(line => (Rule: line.Groups[1].Value, Word: line.Groups[2].Value)).ToList();
        Assert.True(found.Count > 200, $"{found.Count} rules\n{ran.Error}");
        Assert.Equal(
            Exceptions.GetValueOrDefault(template, []).Where((_, index) => index % 2 == 0).Order(StringComparer.Ordinal),
            found.Where(one => one.Word == "FAIL").Select(one => one.Rule).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\S+[.]guard/(\w+) +(PASS|FAIL|SKIP)$", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
