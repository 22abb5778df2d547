namespace Charlie.Operations.Fitting;

/// <summary>
/// What an image is tried with; the defaults are the machine's and those of runner/smoke_image.py, and tests compare them.
/// </summary>
/// <param name="Image">A name, or a repository with a digest.</param>
/// <param name="HealthPath">Empty for an app without a health answer, which is healthy while it runs.</param>
/// <param name="Variables">A file of <c>NAME=value</c> lines; <c>null</c> for none.</param>
/// <param name="Settings">What the machine would be told of its container and of the preflight.</param>
internal sealed record FittingOptions(
    string Image, int Port, string HealthPath, TimeSpan HealthTime, TimeSpan StopTime, string? Variables, MachineSettings Settings)
{
    public const int UsualPort = 8080;

    public const string UsualPath = "/health";

    public const int UsualHealthSeconds = 60;

    public const int UsualStopSeconds = 60;
}
