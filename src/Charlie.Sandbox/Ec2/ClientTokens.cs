using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>Makes an operation idempotent: the same token and parameters give the first call's result again.</summary>
internal sealed class ClientTokens<TResult>
{
    private const int MaxLength = 128;

    private readonly Dictionary<string, (string Parameters, TResult Result)> used = new(StringComparer.Ordinal);

    public TResult Once(AwsRequest request, Func<TResult> act)
    {
        if (request.Parameters.GetValueOrDefault("ClientToken") is not { Length: > 0 } token)
        {
            return act();
        }

        if (token.Length > MaxLength || token.Any(sign => sign is < (char)33 or > (char)126))
        {
            throw Ec2Errors.InvalidValue("clientToken", token, $"A client token has at most {MaxLength} printable ASCII characters.");
        }

        var parameters = string.Join('\n', request.Parameters
            .Where(parameter => parameter.Key is not ("ClientToken" or "Version"))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
        if (used.TryGetValue(token, out var before))
        {
            return before.Parameters == parameters ? before.Result : throw Ec2Errors.TokenMismatch();
        }

        var result = act();
        used.Add(token, (parameters, result));
        return result;
    }
}
