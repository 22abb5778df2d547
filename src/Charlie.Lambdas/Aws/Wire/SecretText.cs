using System.Text;
using System.Text.Json;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// Secrets Manager's GetSecretValue, in the JSON protocol. It is read each time, so that a rotated secret needs no update.
/// </summary>
/// <param name="arn">The secret's ARN; its region is where it is called.</param>
internal sealed class SecretText(SignedCalls calls, string arn) : ISecret
{
    private const string Name = "Secrets Manager";

    public async Task<string> ReadAsync()
    {
        var body = await calls.PostAsync(
            arn.Split(':')[3],
            "secretsmanager",
            Name,
            "application/x-amz-json-1.1",
            Encoding.UTF8.GetBytes($$"""{"SecretId":"{{JsonEncodedText.Encode(arn)}}"}"""),
            "secretsmanager.GetSecretValue");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("SecretString", out var value)
            && value.GetString()?.Trim() is { Length: > 0 } text
            && !text.Any(char.IsControl)
            ? text
            : throw new CallException($"{Name} has no text of one line in {arn}");
    }
}
