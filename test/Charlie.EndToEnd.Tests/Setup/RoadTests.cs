using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Operating;

namespace Charlie.EndToEnd.Tests.Setup;

/// <summary>The road of docs/installing.md from an empty account to the first confirmed release, its commands read from the page.</summary>
public sealed partial class RoadTests
{
    private const string Docs = "docs/installing.md";
    private const string Token = "glpat-of-the-registry\n";
    private const int MaxCommands = 5;
    private const int MaxQuestions = 3;

    // The clock of the test: the bake time is no value that the road asks for.
    private const string Answers = " --set ProjectId=4242 --set AlertEmail=ops@example.com --set BakeSeconds=1";

    private static string Page => File.ReadAllText(Path.Combine(Golden.Root(), Docs));

    private static IReadOnlyList<string> Commands =>
        [.. RoadBlock().Matches(Page).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static IReadOnlyList<string> Questions => [.. QuestionRow().Matches(Page).Select(row => row.Groups[1].Value)];

    [Fact]
    public void The_road_has_five_commands_and_three_questions_at_most()
    {
        Assert.InRange(Commands.Count, 2, MaxCommands);
        Assert.InRange(Questions.Count, 1, MaxQuestions);
        // What is typed: the answers, and the values in the commands.
        var typed = Commands.SelectMany(command => command.Split(' ')).Count(word => word.Contains('=', StringComparison.Ordinal));
        Assert.InRange(typed, 0, 1);
    }

    /// <summary>Three sweeps of a minute each come before the first release is confirmed: the group was there before Charlie.</summary>
    [LongFact]
    public async Task The_commands_of_the_page_lead_to_the_first_confirmed_release()
    {
        await using var account = await EmptyAccount.StartAsync();
        var (region, machine, production, charlie, wait) = (Commands[0], Commands[1], Commands[2], Commands[3], Commands[4]);
        await ExpectNextAsync(account, region, "./install machine");
        var early = await account.RunAsync($"{region}; {production}", Token);
        Assert.Contains("./install machine comes first", early.Error, StringComparison.Ordinal);

        Assert.Contains("The machine image is ami-", await account.SucceedAsync($"{region}; {machine}"), StringComparison.Ordinal);
        await CaptureAsync(account, region, "doctor-production");

        // Without the answer it stops and says of what.
        Assert.Contains("token", (await account.RunAsync($"{region}; {production}")).Error, StringComparison.Ordinal);
        Assert.Contains(
            "The group charlie launches registry.gitlab.com/example/charlie@sha256:",
            await account.SucceedAsync($"{region}; {production}", Token),
            StringComparison.Ordinal);
        await CaptureAsync(account, region, "doctor-charlie");

        // The mail has a default, which a terminal is asked about; nothing else is missing.
        var unanswered = await account.RunAsync($"{region}; {charlie}");
        Assert.True(unanswered.Error.Contains("No value is known of ProjectId.", StringComparison.Ordinal), unanswered.Error);
        await account.SucceedAsync($"{region}; {charlie}{Answers}");

        var waited = await account.SucceedAsync($"{region}; {wait}");
        Assert.Contains("is confirmed.", waited, StringComparison.Ordinal);
        await account.Served.AlertAsync("CONFIRMED 0.0: ");
        Assert.Matches("(?m)^charlie: ", await account.SucceedAsync($"{region}; ./charlie status"));

        // Each step may be run again, and changes nothing then.
        await account.SucceedAsync($"{region}; {machine} && {production} && {charlie}{Answers}");
    }

    private static async Task ExpectNextAsync(EmptyAccount account, string region, string step)
    {
        var ran = await account.RunAsync($"{region}; ./charlie doctor");
        Assert.True(ran.ExitCode == 1, ran.Output + ran.Error);
        Assert.Contains(step, ran.Output, StringComparison.Ordinal);
    }

    private static async Task CaptureAsync(EmptyAccount account, string region, string name)
    {
        var ran = await account.RunAsync($"{region}; ./charlie doctor");
        Assert.True(ran.ExitCode == 1, ran.Output + ran.Error);
        Golden.Check(Docs, name, "charlie doctor", ran.Output);
    }

    [GeneratedRegex("<!-- road -->\n```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex RoadBlock();

    // | question | asked by | the answer |, below its head
    [GeneratedRegex(@"^\| ([^|\n]+) \| `\./install [^|\n]+\| [^|\n]+\|$", RegexOptions.Multiline)]
    private static partial Regex QuestionRow();
}
