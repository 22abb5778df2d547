using System.Runtime.InteropServices;

namespace Charlie.Sandbox.Context;

/// <summary>What .NET cannot send to a process by itself.</summary>
internal static class Signals
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;

    /// <summary>Requests a process to end. One that is gone, or a system without signals, is left alone.</summary>
    public static void Terminate(int processId)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Send(processId, Sigterm);
        }
    }

    /// <summary>Ends what is left of a process group, whose leader may be gone.</summary>
    public static void KillGroup(int leader)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Send(-leader, Sigkill);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int processId, int signal);
}
