namespace Charlie.EndToEnd.Tests.Setup;

/// <summary>
/// <c>REGISTRY_TOKEN_EXPIRES</c> of <c>./install production</c>: <c>charlie doctor</c> reads the day from the secret's tag.
/// </summary>
public sealed class TokenExpiryTests
{
    private const string Production = "export AWS_REGION=us-east-1; ./install production";
    private const string Token = "glpat-of-the-registry\n";
    private const string Read = "export AWS_DEFAULT_REGION=us-east-1; aws secretsmanager describe-secret"
        + " --secret-id charlie/charlie/registry --query \"Tags[?Key=='charlie:token-expires'].Value\" --output text";

    [LongFact]
    public async Task The_tag_is_written_and_changed_when_the_day_is_given()
    {
        await using var account = await EmptyAccount.StartAsync();
        var refused = await account.RunAsync(Production, Token, ("REGISTRY_TOKEN_EXPIRES", "1.11.2027"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("must be a day such as 2027-11-01, and is '1.11.2027'", refused.Error, StringComparison.Ordinal);
        Assert.All(
            await account.NamesAsync(),
            kind => Assert.DoesNotContain(kind.Value, name => name.Contains("gitlab", StringComparison.Ordinal)));

        await account.SucceedAsync("export AWS_REGION=us-east-1; ./install machine");
        await account.SucceedAsync(Production, Token);
        Assert.DoesNotContain("20", await account.SucceedAsync(Read), StringComparison.Ordinal);
        foreach (var day in (string[])["2027-11-01", "2028-10-31"])
        {
            await account.SucceedAsync(Production, variables: ("REGISTRY_TOKEN_EXPIRES", day));
            Assert.Equal(day, (await account.SucceedAsync(Read)).Trim());
        }

        // A run without the variable leaves the day as it is.
        await account.SucceedAsync(Production);
        Assert.Equal("2028-10-31", (await account.SucceedAsync(Read)).Trim());
    }
}
