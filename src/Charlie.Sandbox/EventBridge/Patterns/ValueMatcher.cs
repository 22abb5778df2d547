using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge.Patterns;

/// <summary>One entry of a field's list in a pattern.</summary>
internal abstract record ValueMatcher
{
    /// <param name="leaves">The event's scalar values of the field; JSON's null is <c>null</c>; none when it is absent.</param>
    public abstract bool Matches(IReadOnlyList<JsonValue?> leaves);

    /// <summary>The same for a field with one value.</summary>
    public abstract bool MatchesOne(JsonValue? leaf);
}

/// <summary>Matches by whether the field has any scalar value at all.</summary>
internal sealed record ExistsMatcher(bool Wanted) : ValueMatcher
{
    public override bool Matches(IReadOnlyList<JsonValue?> leaves) => leaves.Count > 0 == Wanted;

    public override bool MatchesOne(JsonValue? leaf) => Wanted;
}

/// <summary>Matches when any value of the field passes the test.</summary>
internal sealed record AnyMatcher(Func<JsonValue?, bool> Test) : ValueMatcher
{
    public override bool Matches(IReadOnlyList<JsonValue?> leaves) => leaves.Any(Test);

    public override bool MatchesOne(JsonValue? leaf) => Test(leaf);
}

/// <summary>Tests of single values.</summary>
internal static class Values
{
    /// <summary>EventBridge compares as numbers only what lies between minus and plus this.</summary>
    public const double GreatestNumber = 5e9;

    public static bool IsNull(JsonValue? value) => value is null;

    public static string? Text(JsonValue? value) =>
        value is not null && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static double? Number(JsonValue? value) =>
        value is not null && value.GetValueKind() == JsonValueKind.Number && double.TryParse(
            value.ToJsonString(),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;

    /// <summary>Equal in JSON's type and value; numbers beyond the comparable range are equal only when written alike.</summary>
    public static bool Same(JsonValue? one, JsonValue? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }

        if (Number(one) is { } left && Number(other) is { } right)
        {
            return (Math.Abs(left) <= GreatestNumber && left == right) || one.ToJsonString() == other.ToJsonString();
        }

        return Text(one) is { } text ? text == Text(other) : one.GetValueKind() == other.GetValueKind();
    }
}
