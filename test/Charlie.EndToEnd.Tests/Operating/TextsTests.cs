using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Both languages say everything, and fit 80 columns; OperatingTests captures them from a run.</summary>
public sealed class TextsTests
{
    private static readonly PortugueseTexts Portuguese = new PortugueseTexts();

    public static TheoryData<string> Names => [Languages.English, Languages.Portuguese];

    [Theory]
    [InlineData("pt", "LANG=C")]
    [InlineData(null, "LANG=pt_BR.UTF-8")]
    [InlineData(null, "LANG=C;LC_ALL=pt")]
    [InlineData(null, "LANG=en_US.UTF-8;LC_MESSAGES=pt_PT@euro;LC_ALL=")]
    public void Portuguese_is_asked_for_by_the_option_or_the_environment(string? name, string variables) =>
        Assert.IsType<PortugueseTexts>(Choose(name, variables));

    [Theory]
    [InlineData("en", "LANG=pt_BR.UTF-8")]
    [InlineData(null, "")]
    [InlineData(null, "LANG=C.UTF-8")]
    [InlineData(null, "LANG=de_DE.UTF-8")]
    [InlineData(null, "LANG=pt_BR.UTF-8;LC_ALL=C")]
    public void All_else_is_English(string? name, string variables) => Assert.IsType<EnglishTexts>(Choose(name, variables));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_label_state_and_end_has_words(string name)
    {
        var texts = Languages.Choose(name, _ => null);
        Assert.All(Enum.GetValues<Label>(), label => Assert.InRange(texts.Of(label).Length, 1, label == Label.Probe ? 11 : 10));
        Assert.All(Enum.GetValues<ReleaseState>(), state => Assert.NotEmpty(texts.Of(state)));
        Assert.All(Enum.GetValues<AppState>(), state => Assert.NotEmpty(texts.Headline(Status(Confirmed()) with { State = state }, "x")));
        var facts = ReleaseFacts.Of(Second, Confirmed());
        Assert.All(
            Enum.GetValues<WaitEnd>().Select(end => (WaitEnd?)end).Append(null), end => Assert.NotEmpty(texts.Ended(end, facts, "1 min")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_of_everything_that_can_be_wrong_fits_80_columns(string name)
    {
        var lines = StatusView.Of(Status(Wrong()), Languages.Choose(name, _ => null), 80).Lines;
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.InRange(lines.Count, 1, 24);
    }

    [Fact]
    public void An_app_with_everything_wrong_says_so_in_Portuguese() =>
        Assert.Equal(
            """
            charlie: FORA DO AR desde 2026-11-28 02:55:00Z (há 5 min); a release 1.1 deveria
            rodar.

            Desejada   a release 1.1: um operador reverteu a release 2.2
                       commit bbbbbbbb, publicada 2026-11-28 00:00:00Z (há 3 h)
                       registry.gitlab.com/example/charlie@sha256:aaaaaaaaaaaa
            Confirmada 2026-11-28 01:00:00Z (há 2 h), 1 h após a publicação
            Reinício   pedido 2026-11-28 02:59:00Z (há 1 min): a leak
            Falhando   2 máquinas seguidas não conseguiram rodá-la: no login
            Retenção   da janela de implantação até 2026-11-28 12:00:00Z (em 9 h): the
                       market is open
            Em espera  3.3, commit bbbbbbbb, publicada 2026-11-28 00:00:00Z (há 3 h)
            Último fim a release 2.2, revertida por um operador 2026-11-28 02:30:00Z (há 30
                       min): margins are wrong
            Reversão   não tem para onde ir: nenhuma release anterior está confirmada

            INSTÂNCIA  ESTADO     RELEASE  IDADE  VERIFICAÇÃO
            i-1        InService  2.2      -      não verificada daqui

            A seguir   charlie show 1.1 mostra os logs; charlie rollback se a release for a
                       causa
            """.ReplaceLineEndings("\n"),
            string.Join('\n', StatusView.Of(Status(Wrong()), Portuguese, 80).Lines));

    [Theory]
    [InlineData("healthy for 32 s", "íntegra há 32 s")]
    [InlineData("not healthy for 4 s, restarted 3 times: panic", "não íntegra há 4 s, reiniciada 3 vezes: panic")]
    [InlineData("in phase pull", "na fase pull")]
    [InlineData("machine: the registry does not respond", "machine: the registry does not respond")]
    public void A_machines_words_are_said_in_Portuguese_where_they_are_known(string words, string says) =>
        Assert.Equal(says, Portuguese.Probe(words));

    private static ITexts Choose(string? name, string variables)
    {
        var read = variables.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return Languages.Choose(name, read.GetValueOrDefault);
    }

    private static StatusDocument Status(Snapshot snapshot) => AppStatus.Of(snapshot, Stack().Settings);

    private static Snapshot Wrong() => Confirmed().With(records => records with
    {
        Versions = [.. records.Versions, Version(4, Third)],
        Rejections = [RejectionOf(Second, First, RejectedBy.Operator, "margins are wrong")],
        Holds = [new Hold(Holder.Window, First, Now.AddHours(-1), Now.AddHours(9), "the market is open")],
        Restart = new Restart(Now.AddMinutes(-1), "a leak"),
        Attempts = [new Attempts(First, Now, 2, ["i-1"], "no login")],
        Down = new DownSince(Now.AddMinutes(-5), 0),
    });
}
