using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Tests.Text;

public sealed class AsciiTextTests
{
    [Theory]
    [InlineData("[bot] STUCK: 1.1", "[bot] STUCK: 1.1")]
    [InlineData("não está íntegra, 2ª falha: AÇÃO", "nao esta integra, 2a falha: ACAO")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("日本…", "???")]
    public void Accents_go_and_nothing_but_one_line_of_ASCII_is_left(string text, string ascii) => Assert.Equal(ascii, AsciiText.Of(text));
}
