using System.Globalization;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>Portuguese of Brazil, in the words of docs/glossary.md.</summary>
internal sealed class PortugueseTexts : ITexts
{
    private const string Nothing = "Nada.";

    public Labels Labels { get; } = new(
        "Motivo", "O grupo diz", "Em serviço", "Fora de serviço", "O que fazer", "Pipeline", "Commit", "Instância",
        "Logs", "Hora", "Conta");

    public string Why => "motivo";

    public string Name(string release, string? tag) =>
        release == Release.Base.ToString() ? "a imagem base (0.0)" : $"a release {ReleaseName.Of(release, tag)}";

    public string Headline(DeploymentReport report, TimeSpan? @out) => report.Outcome switch
    {
        Outcome.Confirmed => report.Timings is { PushedAt: { } pushed, ConfirmedAt: { } confirmed }
            ? $"no ar e confirmada {Duration.Of(confirmed - pushed)} depois do push"
            : "no ar e confirmada",
        Outcome.RolledBack => report.Fallback is { } fallback ? $"volta para {Name(fallback, report.FallbackTag)}" : "rejeitada",
        Outcome.Failed => "sem release de retorno, um operador deve agir",
        Outcome.Stuck => $"fora do ar por {Duration.Of(@out ?? default)}, um operador deve agir",
        Outcome.Retrying => $"{report.Attempt}ª falha de infraestrutura seguida",
        Outcome.Unhealthy => $"uma instância não está íntegra, {report.Attempt}ª falha seguida",
        Outcome.AllClear => $"a aplicação roda de novo (fora do ar por {Duration.Of(@out ?? default)})",
        Outcome.Unconfirmed => "nem confirmada nem rejeitada, um operador deve agir",
        Outcome.OldBase => "publique para passar para a base mais nova",
        Outcome.Started or Outcome.AlreadyCurrent => "pedido por um operador",
        Outcome.Held => $"as implantações esperam {Until(report)}",
        Outcome.Recorded => "fica registrada e entra no ar mais tarde",
        Outcome.Stopped => "fora do ar, pedido por um operador",
        Outcome.Refused => "corrija primeiro o grupo",
        _ => "nada foi alterado",
    };

    public string What(DeploymentReport report)
    {
        var release = report.Release is { } name ? Name(name, report.Tag) : "a aplicação";
        return Sentence(report.Outcome switch
        {
            Outcome.Confirmed => $"{release} está confirmada: ficou íntegra em serviço durante o tempo de observação.",
            Outcome.RolledBack when report.NeverStopped == true =>
                $"{release} foi revertida antes de ser iniciada. A instância que rodava a aplicação nunca parou.",
            Outcome.RolledBack => report.Fallback is { } fallback
                ? $"{release} foi revertida: {Name(fallback, report.FallbackTag)} é de novo a desejada, e o grupo é levado a ela."
                : $"{release} foi revertida.",
            Outcome.Failed => $"{release} falhou ({report.Attempt}ª falha seguida), e não há release confirmada abaixo dela para voltar."
                + " A máquina é substituída, a menos que a maior parte do grupo esteja doente ao mesmo tempo.",
            Outcome.Stuck => $"nenhuma instância íntegra do grupo {report.Group} está em serviço; {release} deveria rodar.",
            Outcome.Retrying => $"uma máquina não conseguiu rodar {release} ({report.Attempt}ª falha de infraestrutura seguida)."
                + " O grupo lança outra; a release continua valendo.",
            Outcome.Unhealthy => $"uma instância com {release} não está íntegra ({report.Attempt}ª falha seguida). "
                + (report.IsReplaced == false
                    ? "A maior parte do grupo está doente ao mesmo tempo, e nenhuma é substituída; a release continua valendo."
                    : "O grupo lança outra; a release continua valendo."),
            Outcome.AllClear => $"uma instância íntegra do grupo {report.Group} está em serviço de novo; {release} é a desejada.",
            Outcome.Unconfirmed => $"{release} não foi confirmada nem rejeitada desde a primeira instância, em {At(report.Since)}.",
            Outcome.OldBase => $"{release} não roda na versão base {report.BaseVersion}, que uma atualização da pilha criou em"
                + $" {At(report.Since)}: faltam às máquinas as correções mais novas.",
            Outcome.Started => $"{release} está sendo posta em serviço no grupo {report.Group}.",
            Outcome.AlreadyCurrent => $"o grupo {report.Group} já roda {release}, ou está sendo levado a ela.",
            Outcome.Held => report.Release == report.Stays
                ? $"as implantações no grupo {report.Group} estão retidas {Holder(report)} {Until(report)}."
                : $"{release} está registrada e espera: as implantações no grupo {report.Group} estão retidas {Holder(report)}"
                    + $" {Until(report)}.",
            Outcome.Recorded => $"{release} está registrada e ainda não implantada: nenhuma instância deve rodar neste momento.",
            Outcome.Stopped => $"a aplicação está fora de serviço. O grupo {report.Group} não lança instâncias até que ela seja iniciada"
                + " de novo.",
            Outcome.Stale => report.Request is { } request
                ? $"o pedido ({request}) não foi executado: chegou tarde demais. Nada foi alterado."
                : $"{release} não foi implantada: o push chegou tarde demais. Nada foi alterado.",
            Outcome.Refused => $"{release} não pode ser implantada agora no grupo {report.Group}, que fica como está.",
            Outcome.Rejected => $"rejeitado: {report.Request ?? "evento"}. Nada foi alterado.",
            _ => report.Summary,
        });
    }

    public string? InService(DeploymentReport report) => report switch
    {
        { Outcome: Outcome.Confirmed, Release: { } release } => report.Timings?.InServiceAt is { } since
            ? $"{Name(release, report.Tag)}, desde {At(since)}"
            : Name(release, report.Tag),
        { Outcome: Outcome.Stuck } => "nada",
        { Outcome: Outcome.Stopped } => "nada",
        { Outcome: Outcome.Held, Stays: { } stays } => $"{Name(stays, null)} continua",
        _ => null,
    };

    public string ToDo(DeploymentReport report) => report.Outcome switch
    {
        Outcome.RolledBack => "Corrija a causa e publique. Se a causa foi uma indisponibilidade que só a aplicação viu, execute o job de"
            + " novo (Retry) depois dela. ALL CLEAR vem em seguida se a aplicação esteve fora do ar.",
        Outcome.Failed => "Publique uma release que funcione.",
        Outcome.Stuck => "Elimine a causa que o grupo nomeia: falta de capacidade, uma imagem de máquina que não existe mais.",
        Outcome.Retrying => "Nada, se acabar sozinho; senão corrija o registro de imagens, o token ou a configuração que o motivo nomeia.",
        Outcome.Unhealthy => "Veja o log da aplicação e aquilo de que ela depende. Se a release é a causa, reverta.",
        Outcome.Unconfirmed => "Descubra por que nem todas as instâncias ficam íntegras; publique ou reverta.",
        Outcome.OldBase => "Publique, ou execute de novo o job de implantação mais recente: uma release nova usa a base mais nova.",
        Outcome.Started or Outcome.AlreadyCurrent => "Nada; o resultado vem em seguida.",
        Outcome.Held => "Nada, ou implante já o que espera.",
        Outcome.Recorded => "Nada; é implantada e julgada quando uma instância rodar de novo.",
        Outcome.Stopped => "Nada, ou inicie de novo.",
        Outcome.Stale => report.Request is null
            ? "Se ainda deve rodar, execute o job de novo (Retry): isso cria uma release nova."
            : "Veja o status e peça o que ainda for preciso.",
        Outcome.Refused => "Faça o que o motivo diz. A próxima verificação implanta então a release.",
        Outcome.Rejected => "Procure um erro no pipeline, ou outro remetente.",
        _ => Nothing,
    };

    public string Headline(Alert.OfFailure failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{failure.Event} abandonado depois de {failure.Attempts} tentativas");

    public string What(Alert.OfFailure failure) => string.Create(
        CultureInfo.InvariantCulture,
        $"A função {failure.Origin.Function} falhou {failure.Attempts} vezes com o evento {failure.Event} e o abandonou."
        + $" O evento espera na fila de mensagens mortas; enquanto tiver menos de uma hora, é executado de novo.");

    public string ToDo(Alert.OfFailure failure) => "Leia o log. Se as falhas durarem uma hora, execute o job de novo ou repita o pedido.";

    public string Lasted(string length, string since) => $"{length}, desde {since}";

    public IEnumerable<string> LogOf(string group, string requestId) => [$"grupo {group}", $"execução {requestId}"];

    public string Commit(string hash, string? title, string? author) =>
        title is null ? hash : author is null ? $"{title}, {hash}" : $"{title}, de {author}, {hash}";

    public string Instance(string id, long? version) => version is null ? id : $"{id}, versão {version} do modelo de execução";

    private static string Holder(DeploymentReport report) =>
        report.HeldBy == Decisions.Holder.Window.Word() ? "pela janela de implantação" : "por um operador";

    private static string Until(DeploymentReport report) => report.HeldUntil is { } until ? $"até {At(until)}" : "até serem liberadas";

    private static string At(DateTimeOffset? at) => at is { } time ? UtcTime.Of(time) : "?";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
