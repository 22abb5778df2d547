namespace Charlie.Deploy.Tests;

public sealed class CfnLintTests
{
    public static TheoryData<string> Templates =>
    [
        "serverless.template",
        .. Directory.GetFiles(Repository.PathOf("infrastructure"), "*.template")
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task A_template_passes_with_no_word(string template)
    {
        var ran = await Repository.Run("cfn-lint", [template]);
        Assert.Equal(new Ran(0, "", ""), ran);
    }

    [Fact]
    public void Nothing_is_suppressed_without_its_reason()
    {
        Assert.False(File.Exists(Repository.PathOf(".cfnlintrc")));
        foreach (var template in Templates.Select(row => Repository.Read(row.Data)))
        {
            Assert.DoesNotContain("\"cfn-lint\"", template, StringComparison.Ordinal);
            Assert.Equal(template.Split("cfn-lint:").Length, template.Split(" which the lint does not see.\n      cfn-lint:").Length);
        }
    }
}
