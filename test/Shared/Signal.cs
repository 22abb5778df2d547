using System.Runtime.InteropServices;

namespace Charlie.Tests;

/// <summary>Sends the signals of Linux without the <c>kill</c> command, which not every machine has.</summary>
internal static class Signal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal to a process that is there.</summary>
    public static void Send(int processId, int signal) => Assert.True(TrySend(processId, signal), $"There is no process {processId}.");

    /// <summary>Sends a signal; <c>false</c> where the process is gone.</summary>
    public static bool TrySend(int processId, int signal) => kill(processId, signal) == 0;

    [DllImport("libc", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
