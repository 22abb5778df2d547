using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Tests.Text;

/// <summary>Text from outside, made safe.</summary>
public sealed class SingleLineTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("çedilha €", "çedilha €")]
    [InlineData("a\nb\r\tc", "a b  c")]
    [InlineData("\u001b[2J", " [2J")]
    [InlineData("a\u202eb", "a b")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("a\ue000b", "a b")]
    [InlineData("a\u0378b", "a b")]
    [InlineData("a\U0001F600b", "a  b")]
    public void Of_a_text_has_a_space_for_each_character_that_is_not_visible(string text, string line) =>
        Assert.Equal(line, SingleLineText.Of(text, 80));

    [Theory]
    [InlineData(5, "12345")]
    [InlineData(4, "123…")]
    [InlineData(1, "…")]
    public void Of_a_long_text_is_shortened(int length, string line) => Assert.Equal(line, SingleLineText.Of("12345", length));
}
