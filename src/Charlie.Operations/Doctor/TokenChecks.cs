using System.Globalization;

namespace Charlie.Operations.Doctor;

/// <summary>
/// When the tokens in the secrets expire. GitLab tells it only to a token's holder, so a tag of the secret says it: the day that GitLab
/// shows, at the beginning of which (UTC) the token is not valid any more.
/// </summary>
internal static class TokenChecks
{
    /// <summary>The tag's key; its value is a date such as <c>2027-11-01</c>.</summary>
    public const string Tag = "charlie:token-expires";

    private const string Format = "yyyy-MM-dd";

    private static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    public static IEnumerable<Finding> Of(DoctorFacts facts)
    {
        foreach (var secret in facts.Secrets ?? [])
        {
            if (secret.TokenExpires is { } day && Of(secret, day, facts.At) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static Finding? Of(SecretFacts secret, string day, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(
            day, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var expires))
        {
            return new Finding(
                "secrets",
                "TokenExpiryUnreadable",
                $"Tag {Tag} of secret {secret.Arn} is '{day}', which is no date such as 2027-11-01: no one is warned before the token"
                    + " expires.",
                Retag(secret));
        }

        return now < expires - Notice ? null
            : now < expires ? new Finding(
                "secrets",
                "TokenExpiresSoon",
                $"The token in secret {secret.Arn} expires on {day}, in {Days(expires - now)}: then {Consequence(secret)}.",
                Renew(secret))
            : new Finding(
                "secrets", "TokenExpired", $"The token in secret {secret.Arn} expired on {day}: {Consequence(secret)}.", Renew(secret));
    }

    private static string Consequence(SecretFacts secret) => secret.Setting switch
    {
        SecretFacts.OfRegistry => "no new machine can pull its image",
        SecretFacts.OfGitLab => "GitLab is not told how a push ends",
        _ => "what it opens is closed to the app",
    };

    private static string Days(TimeSpan left) => (int)Math.Ceiling(left.TotalDays) is var days and not 1 ? $"{days} days" : "1 day";

    // The new token's own day has to take the place of the old one.
    private static string Renew(SecretFacts secret) =>
        $"Put a new token with aws secretsmanager put-secret-value --secret-id {secret.Arn}, then its day: {Retag(secret)}";

    private static string Retag(SecretFacts secret) =>
        $"aws secretsmanager tag-resource --secret-id {secret.Arn} --tags Key={Tag},Value=YYYY-MM-DD";
}
