using System.Text.RegularExpressions;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;

namespace Charlie.Cli.Display.Operating.Texts;

/// <summary>Portuguese of Brazil, with the verbs of AWS's and GitLab's own pages.</summary>
internal sealed partial class PortugueseTexts : ITexts
{
    public (char Yes, char No) Keys => ('s', 'n');

    public string NoImage => "sem imagem";

    public string NotProbed => "não verificada daqui";

    public string Unknown => "desconhecida";

    public string Gone => "não existe mais";

    public string NoHold => "nenhuma";

    public string HistoryNote => "* a release desejada. Das releases mais antigas só o resultado é guardado.";

    public string HistoryUnread(string why) => $"* a release desejada. As releases mais antigas não puderam ser lidas: {why}";

    public string BaseInFull => "0.0, a imagem base";

    public string VersionDeleted => "excluída: não pode rodar de novo";

    public string ItsLogs => "Os logs:";

    public string Question => "Fazer o pedido?";

    public string RollBackTo => "Voltar para";

    public string UsualChoice => "(habitual)";

    public string DowntimeUnknown => "cerca do tempo de um lançamento";

    public string Of(Label label) => label switch
    {
        Label.Age => "Idade",
        Label.Author => "Autor",
        Label.Commit => "Commit",
        Label.Confirmed => "Confirmada",
        Label.Desired => "Desejada",
        Label.Downtime => "Fora do ar",
        Label.Failing => "Falhando",
        Label.Fallback => "Retorno",
        Label.Group => "Grupo diz",
        Label.Hold => "Retenção",
        Label.Image => "Imagem",
        Label.Instance => "Instância",
        Label.LastEnd => "Último fim",
        Label.Next => "A seguir",
        Label.Now => "Agora",
        Label.Pipeline => "Pipeline",
        Label.Probe => "Verificação",
        Label.Pushed => "Publicada",
        Label.Reason => "Motivo",
        Label.Refused => "Recusada",
        Label.Rejects => "Rejeita",
        Label.Release => "Release",
        Label.Restart => "Reinício",
        Label.Rollback => "Reversão",
        Label.State => "Estado",
        Label.Stopped => "Parada",
        Label.Tag => "Tag",
        Label.Then => "Depois",
        Label.Title => "Título",
        Label.Took => "Durou",
        Label.Until => "Até",
        Label.Version => "Versão",
        Label.Waiting => "Em espera",
        Label.Warning => "Atenção",
        _ => throw new ArgumentOutOfRangeException(nameof(label), label, "Not a label."),
    };

    public string Of(ReleaseState state) => state switch
    {
        ReleaseState.Confirmed => "confirmada",
        ReleaseState.Deploying => "em implantação",
        ReleaseState.Waiting => "em espera",
        ReleaseState.RolledBack => "revertida",
        ReleaseState.Rejected => "rejeitada",
        ReleaseState.Superseded => "substituída",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state."),
    };

    public string NameOf(string release) => release == "0.0" ? "a imagem base" : $"a release {release}";

    public string Ago(string age) => $"há {age}";

    public string Ahead(string age) => $"em {age}";

    public string Pushed(string? commit, string when) => (commit is null ? "" : $"commit {commit}, ") + $"publicada {when}";

    public string By(string who) => who switch
    {
        "operator" => " por um operador",
        "group" => " pelo grupo",
        _ => $" por {who}",
    };

    public string AfterPush(string age) => $", {age} após a publicação";

    public string Headline(StatusDocument status, string since)
    {
        var (release, count) = (NameOf(status.Desired.Release), $"{status.InService} de {status.DesiredCapacity} instâncias");
        return status.State switch
        {
            AppState.InSync => $"{release} está confirmada e roda em {count}.",
            AppState.Deploying when status.Desired.IsBase => $"nada foi publicado ainda; {release} ainda não está confirmada.",
            AppState.Deploying => $"{release} está sendo implantada; está em serviço em {count}.",
            AppState.Replacing => $"{release} está confirmada; está em serviço em {count}, e o grupo está sendo levado a ela.",
            AppState.Down => $"FORA DO AR desde {since}; {release} deveria rodar.",
            AppState.Refused => $"{release} não pode ser implantada: o grupo não está como o Charlie precisa.",
            AppState.Stopped => $"parada por um operador desde {since}.",
            AppState.Closed => $"a capacidade desejada do grupo é 0, por isso nada roda. Quando ele abrir, roda {release}.",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "Not a state."),
        };
    }

    public string WhyDesired(StatusDocument status) => status.DesiredBecause switch
    {
        DesiredReason.Fallback { By: RejectedBy.Operator, From: var from } => $"um operador reverteu a release {from}",
        DesiredReason.Fallback { By: RejectedBy.Group, From: var from } => $"o grupo reverteu a release {from}",
        DesiredReason.Fallback { By: RejectedBy.Alarm, From: var from } => $"um alarme disparou enquanto a release {from} era observada",
        DesiredReason.Fallback { From: var from } => $"a release {from} falhou e foi revertida",
        DesiredReason.Held { By: Holder.Window } => "a janela de implantação mantém releases mais novas em espera",
        DesiredReason.Held => "a retenção de um operador mantém releases mais novas em espera",
        DesiredReason.NothingPushed => "nada foi publicado ainda",
        DesiredReason.NewestPush => "é a publicação mais nova",
        _ => status.WhyDesired,
    };

    public string? Next(StatusDocument status) => status.State switch
    {
        AppState.Deploying or AppState.Replacing => "charlie status --watch acompanha até o fim",
        AppState.Stopped => "charlie start traz de volta",
        AppState.Down => $"charlie show {status.Desired.Release} mostra os logs; charlie rollback se a release for a causa",
        AppState.Refused => "faça o que diz a linha Recusada",
        _ when status is { Hold: not null, Waiting.Count: > 0 } => "charlie resume implanta o que espera",
        _ => null,
    };

    public string Failing(AttemptsDocument attempts) =>
        Words.Count(attempts.Count, "máquina não conseguiu", "máquinas seguidas não conseguiram")
        + $" rodá-la: {attempts.LastFailure}";

    public string RestartRequested(string when, string reason) => $"pedido {when}: {reason}";

    public string Hold(HoldDocument hold, string? until) =>
        (hold.Holder == Holder.Window.Word() ? "da janela de implantação" : "de um operador")
        + $" até {until ?? "que seja retomada"}: {hold.Reason}";

    public string RollbackTo(string? release) => release switch
    {
        null => "não tem para onde ir: nenhuma release anterior está confirmada",
        _ => $"voltaria para {NameOf(release)}",
    };

    public string NoInstances(string group, int capacity) => $"Nenhuma instância; o grupo {group} deveria ter {capacity}.";

    // The machine's own words come in English; those that it says most often are known.
    public string Probe(string words) =>
        words.StartsWith("healthy for ", StringComparison.Ordinal) ? "íntegra há " + words["healthy for ".Length..]
        : words.StartsWith("not healthy for ", StringComparison.Ordinal)
            ? Restarts().Replace("não íntegra há " + words["not healthy for ".Length..], "reiniciada $1 vezes")
        : words.StartsWith("in phase ", StringComparison.Ordinal) ? "na fase " + words["in phase ".Length..]
        : words switch
        {
            "healthy" => "íntegra",
            "not healthy" => "não íntegra",
            _ => words,
        };

    public string RanInstead(string fallback) => $"rodou {NameOf(fallback)} no lugar dela";

    public string VersionOf(long number) => $"{number} do modelo de execução";

    public string PushedBefore(string age) => $"publicada há {age}";

    public string WasRejected(string? reason) => $"foi rejeitada: {reason}";

    public string DowntimeOfHandover => "a parada e o início do próprio app: a outra máquina é preparada antes";

    public string DowntimeOfRolling(int percentage) => $"nenhum tempo: {percentage} % das instâncias ficam em serviço";

    public string Downtime(string age) => $"cerca de {age}, como o último lançamento, e o fim da instância antiga";

    public string ThePlanOf(string request) => $"O pedido ({request}):";

    public string Recorded(string summary) => $"Registrado. Conforme o plano: {summary}";

    public string NothingRecorded(string request, string after) =>
        $"o pedido ({request}) foi feito, e nada foi registrado dele após {after}. charlie status mostra o estado.";

    public string Ended(WaitEnd? end, ReleaseFacts facts, string waited) => end switch
    {
        null => $"A release {facts.Release} não tem resultado após {waited}: está {Of(facts.State)}.",
        WaitEnd.Held => $"A release {facts.Release} espera o fim da retenção.",
        WaitEnd.Failed => $"A release {facts.Release} não pode mais rodar: a versão do modelo de execução foi excluída.",
        WaitEnd.Confirmed => $"A release {facts.Release} está confirmada.",
        _ => $"A release {facts.Release} foi {Of(facts.State)}" + (facts.Reason is { } reason ? $"{By(facts.By!)}: {reason}." : "."),
    };

    [GeneratedRegex(@"\brestarted (\d+) times\b")]
    private static partial Regex Restarts();
}
