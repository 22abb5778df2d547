namespace Charlie.Deploy.Tests;

/// <summary>The list of branch names says what git itself says.</summary>
public sealed class RefNamesTests
{
    [Theory]
    [InlineData("allowed", true)]
    [InlineData("refused", false)]
    public async Task Git_agrees_with_the_list(string kind, bool isAllowed)
    {
        // Outside a repository, so that no name is read as one of its branches.
        var directory = Directory.CreateTempSubdirectory("charlie-ref-");
        try
        {
            foreach (var name in RefNames.Of(kind))
            {
                var ran = await Repository.Run("git", ["check-ref-format", "--branch", name], directory: directory.FullName);
                Assert.True(isAllowed == (ran.ExitCode == 0), $"git and the list disagree on '{name}'");
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
