using System.Text;
using System.Text.RegularExpressions;
using Charlie.Cli.Simulation;

namespace Charlie.Simulation.Tests;

/// <summary>
/// Deliberate mistakes, made between the functions and AWS or in the stack's text. Each has to be found within a number
/// of seeds: a simulation that passes whatever the product does proves nothing.
/// </summary>
public sealed partial class MistakeTests
{
    [Fact]
    public void No_client_token() => Found(within: 60, "got a second version", sent => ClientToken().Replace(sent, ""));

    [Fact]
    public void A_floor_that_is_not_written() => Found(
        within: 20, "no floor says so", sent => sent.Replace("charlie%3Afloor%3A", "charlie%3Aflour%3A", StringComparison.Ordinal));

    [Fact]
    public void A_confirmed_mark_that_is_not_written() => Found(
        within: 5, "has no such mark", sent => sent.Replace("charlie%3Aconfirmed%3A", "charlie%3Aaffirmed%3A", StringComparison.Ordinal));

    [Fact]
    public void Every_instance_is_let_in() => Found(
        within: 20, "without 3 proofs", sent => sent.Replace("=ABANDON", "=CONTINUE", StringComparison.Ordinal));

    [Fact]
    public void The_first_version_is_pinned_for_good() => Found(
        within: 5, null, sent => sent.StartsWith("Action=UpdateAutoScalingGroup", StringComparison.Ordinal) ? PinnedVersion().Replace(sent, "${1}1") : sent);

    [Fact]
    public void One_proof_is_enough() => Found(within: 5, "without 3 proofs", template: Changed("\"Default\": 3,", "\"Default\": 1,"));

    [Fact]
    public void A_bake_of_a_second() => Found(within: 5, "kept its proof in service", template: Changed("\"Default\": 60,", "\"Default\": 1,"));

    [Fact]
    public void No_sweep() => Found(within: 60, null, template: Changed("rate(1 minute)", "rate(30 days)"));

    private static string Changed(string from, string to)
    {
        Assert.Contains(from, Runs.Template, StringComparison.Ordinal);
        return Runs.Template.Replace(from, to, StringComparison.Ordinal);
    }

    private static void Found(int within, string? what, Func<string, string>? rewrite = null, string? template = null)
    {
        for (var seed = 1; seed <= within; seed++)
        {
            var result = Runs.Play(Plan.Draw(seed), template ?? Runs.Template, rewrite is null ? null : wire => new Rewriting(wire, rewrite));
            if (result.Violation is { } violation && (what is null || violation.What.Contains(what, StringComparison.Ordinal)))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Found by seed {seed}: {violation.What}");
                return;
            }
        }

        Assert.Fail($"Not found within {within} seeds.");
    }

    [GeneratedRegex("&ClientToken=[^&]*")]
    private static partial Regex ClientToken();

    [GeneratedRegex("(LaunchTemplate\\.Version=)[0-9]+")]
    private static partial Regex PinnedVersion();

    /// <summary>Changes what the functions and people send.</summary>
    private sealed class Rewriting(HttpMessageHandler wire, Func<string, string> rewrite) : DelegatingHandler(wire)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(rewrite(Encoding.ASCII.GetString(sent))));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
