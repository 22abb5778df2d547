using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>Keeps what is logged in <see cref="Buffer"/>, templates unfilled, and writes it to the console.</summary>
public class TestLambdaLogger : ILambdaLogger
{
    public StringBuilder Buffer { get; } = new();

    public void Log(string message)
    {
        Buffer.Append(message);
        Console.Write(message);
    }

    public void LogLine(string message)
    {
        Buffer.AppendLine(message);
        Console.WriteLine(message);
    }

    public void Log(string level, string message) => LogLine($"{level}: {message}");

    public void Log(string level, string message, params object[] args) => Log(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args)
    {
        var text = new StringBuilder($"{level}: {message}");
        if (args is { Length: > 0 })
        {
            text.AppendLine();
            foreach (var arg in args)
            {
                text.AppendLine($"\t{arg}");
            }
        }

        if (exception is not null)
        {
            text.AppendLine().AppendLine(exception.ToString());
        }

        LogLine(text.ToString());
    }
}
