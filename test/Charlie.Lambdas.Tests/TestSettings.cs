namespace Charlie.Lambdas.Tests;

/// <summary>The settings of a stack whose parameters are all right.</summary>
internal static class TestSettings
{
    public static Settings Read() => Settings.Read(StackVariables.All.GetValueOrDefault);
}
