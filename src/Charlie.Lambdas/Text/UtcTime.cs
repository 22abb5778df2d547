using System.Globalization;

namespace Charlie.Lambdas.Text;

/// <summary>Times for people, with their zone: <c>2026-11-22 14:05:06 UTC</c>.</summary>
internal static class UtcTime
{
    public static string Of(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
