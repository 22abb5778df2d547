namespace Charlie.Deploy.Tests;

public sealed class CfnLintTests
{
    [Fact]
    public async Task The_template_passes_with_no_word()
    {
        var ran = await Repository.Run(Repository.CommandOrSkip("cfn-lint"), ["serverless.template"]);
        Assert.Equal(new Ran(0, "", ""), ran);
    }

    [Fact]
    public void Nothing_is_suppressed()
    {
        Assert.False(File.Exists(Repository.PathOf(".cfnlintrc")));
        Assert.DoesNotContain("\"cfn-lint\"", Repository.Read("serverless.template"), StringComparison.Ordinal);
    }
}
