namespace Charlie.Operations.Registry;

/// <summary>A registry's login. Its text form names no password.</summary>
internal sealed record RegistryLogin(string User, string Password)
{
    public override string ToString() => User;
}
