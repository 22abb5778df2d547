using Charlie.Lambdas.Notifications;

namespace Charlie.Lambdas.Tests;

public sealed class NotifySettingsTests
{
    private static readonly Dictionary<string, string> Right = new()
    {
        ["CHARLIE_TOPIC"] = "arn:aws:sns:us-east-1:123456789012:charlie-AlertTopic-1",
        ["CHARLIE_LANGUAGE"] = "pt",
        ["CHARLIE_LOG_GROUPS"] = "charlie-Refresh-1=logs-1 charlie-Lifecycle-1=logs-2",
        ["CHARLIE_ENVIRONMENT"] = "production",
        ["CHARLIE_CHAT_TOPIC"] = "arn:aws:sns:us-east-1:123456789012:charlie-ChatTopic-1",
    };

    [Fact]
    public void Right_variables_are_read()
    {
        var settings = NotifySettings.Read(Right.GetValueOrDefault);
        Assert.Equal(Right["CHARLIE_TOPIC"], settings.Topic);
        Assert.IsType<PortugueseTexts>(settings.Texts);
        Assert.Equal(("production", Right["CHARLIE_CHAT_TOPIC"]), (settings.Environment, settings.ChatTopic));
        Assert.Null(NotifySettings.Read(name => name == "CHARLIE_CHAT_TOPIC" ? "" : Right[name]).ChatTopic);
        Assert.Null(NotifySettings.Read(name => name == "CHARLIE_ENVIRONMENT" ? "" : Right[name]).Environment);
        Assert.IsType<EnglishTexts>(NotifySettings.Read(name => name == "CHARLIE_LANGUAGE" ? "en" : Right[name]).Texts);
        Assert.Equal(
            new Dictionary<string, string> { ["charlie-Refresh-1"] = "logs-1", ["charlie-Lifecycle-1"] = "logs-2" }, settings.LogGroups);
    }

    [Theory]
    [InlineData("CHARLIE_TOPIC", null)]
    [InlineData("CHARLIE_TOPIC", "charlie")]
    [InlineData("CHARLIE_TOPIC", "arn:aws:sqs:us-east-1:123456789012:q")]
    [InlineData("CHARLIE_CHAT_TOPIC", "#alerts")]
    [InlineData("CHARLIE_LANGUAGE", null)]
    [InlineData("CHARLIE_LANGUAGE", "de")]
    [InlineData("CHARLIE_LOG_GROUPS", null)]
    [InlineData("CHARLIE_LOG_GROUPS", "a=b c")]
    [InlineData("CHARLIE_LOG_GROUPS", "=b")]
    [InlineData("CHARLIE_ENVIRONMENT", "[production]")]
    [InlineData("CHARLIE_ENVIRONMENT", "a name of twenty-five let")]
    public void A_wrong_variable_is_named_with_its_value(string name, string? value)
    {
        var error = Assert.Throws<SettingsException>(() => NotifySettings.Read(one => one == name ? value : Right[one]));
        Assert.StartsWith($"{name} is {(value is null ? "not set" : $"'{value}'")}: it must be ", error.Message, StringComparison.Ordinal);
    }
}
