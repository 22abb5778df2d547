using System.Runtime.InteropServices;

namespace Charlie.Sandbox;

/// <summary>What .NET cannot send to a process by itself.</summary>
internal static class Signals
{
    private const int Sigterm = 15;

    /// <summary>Asks a process to end. One that is gone, or a system without signals, is left alone.</summary>
    public static void Terminate(int processId)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Send(processId, Sigterm);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int processId, int signal);
}
