using System.Globalization;
using System.Security.Cryptography;

namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>What sets one execution environment apart; the access key tells whose API call a request is.</summary>
internal sealed record EnvironmentIdentity(string AccessKey, string SecretKey, string SessionToken, string LogStream)
{
    public static EnvironmentIdentity New(DateTimeOffset now) => new(
        // Temporary credentials begin with ASIA.
        "ASIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
        RandomNumberGenerator.GetHexString(40, lowercase: true),
        RandomNumberGenerator.GetHexString(64, lowercase: true),
        now.UtcDateTime.ToString(
            "yyyy/MM/dd/", CultureInfo.InvariantCulture) + "[$LATEST]" + RandomNumberGenerator.GetHexString(32, lowercase: true));
}
