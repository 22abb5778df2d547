using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The real rollback request is read; anything else in one of its fields is refused by the field's name.</summary>
public sealed class RollbackRequestedTests
{
    [Fact]
    public void The_real_event_is_read_field_by_field() =>
        Assert.Equal(
            new Rollback(
                new Release(1048576, 7700123),
                null,
                "orders rejected since the last release",
                new DateTimeOffset(2026, 11, 22, 15, 10, 0, TimeSpan.Zero)),
            Read(Example.Read(Example.Of("rollback-requested"))));

    [Fact]
    public void A_release_to_fall_back_to_is_read() =>
        Assert.Equal(new Release(0, 0), Read(Example.With("rollback-requested", "toRelease", "\"0.0\"")).To);

    [Fact]
    public void Who_requested_it_is_recorded_with_the_reason()
    {
        Assert.Equal(
            "orders rejected since the last release (requested by maria)",
            Read(Example.With("rollback-requested", "requestedBy", "\"maria\"")).Reason);
        var named = Read(Example.With("rollback-requested", "requestedBy", $"\"{new string('m', 64)}\"")).Reason;
        Assert.EndsWith($" (requested by {new string('m', 64)})", named, StringComparison.Ordinal);
        var longest = Example.Of("rollback-requested");
        longest["detail"]!["reason"] = new string('x', 300);
        longest["detail"]!["requestedBy"] = "ma\nria";
        var reason = Read(Example.Read(longest)).Reason;
        Assert.Equal(160, reason.Length);
        Assert.EndsWith("x\u2026 (requested by ma ria)", reason, StringComparison.Ordinal);
        foreach (var value in new[] { "\"\"", "\" \"", "7", "{}", $"\"{new string('m', 65)}\"" })
        {
            Assert.StartsWith(
                "detail.requestedBy must be a name of at most 64 characters; it is ",
                Refused(Example.With("rollback-requested", "requestedBy", value), "requestedBy"),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("app")]
    [InlineData("fromRelease")]
    [InlineData("toRelease")]
    [InlineData("reason")]
    public void A_field_that_is_missing_or_anything_else_is_refused_by_its_name(string field)
    {
        if (field == "toRelease")
        {
            Assert.Null(Read(Example.Without("rollback-requested", field)).To);
        }
        else
        {
            Refused(Example.Without("rollback-requested", field), field);
        }

        foreach (var value in Example.Hostile)
        {
            if (field == "toRelease" && value == "null")
            {
                Assert.Null(Read(Example.With("rollback-requested", field, value)).To);
            }
            else if (field == "reason" && value[0] == '"' && value is not ("\"\"" or "\" \"" or Example.NoText))
            {
                Assert.DoesNotContain(Read(Example.With("rollback-requested", field, value)).Reason, char.IsControl);
            }
            else
            {
                Refused(Example.With("rollback-requested", field, value), field);
            }
        }
    }

    [Theory]
    [InlineData("app", "'charlie'")]
    [InlineData("fromRelease", "a release as \"1048576.77001\" (pipelineId.jobId)")]
    [InlineData("toRelease", "a release as \"1048576.77001\" (pipelineId.jobId)")]
    [InlineData("reason", "a sentence that says why")]
    public void A_message_says_what_is_allowed_and_what_the_field_is(string field, string allowed) =>
        Assert.Equal($"detail.{field} must be {allowed}; it is 7", Refused(Example.With("rollback-requested", field, "7"), field));

    [Fact]
    public void A_reason_is_one_line_of_at_most_160_characters()
    {
        var reason = Read(Example.With("rollback-requested", "reason", $"\"a\\nb{new string('x', 300)}\"")).Reason;
        Assert.Equal(160, reason.Length);
        Assert.StartsWith("a bx", reason, StringComparison.Ordinal);
        Assert.EndsWith("x…", reason, StringComparison.Ordinal);
    }

    private static string Refused(EventEnvelope envelope, string field)
    {
        var refused = Assert.Throws<InvalidEventException>(() => Read(envelope));
        Assert.StartsWith($"detail.{field} must be", refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }

    private static Rollback Read(EventEnvelope envelope) =>
        RollbackRequested.Read(envelope, Example.Allowed, Example.Now.AddHours(1)).Rollback;
}
