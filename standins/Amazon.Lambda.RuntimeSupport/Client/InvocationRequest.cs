using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

public class InvocationRequest(Stream inputStream, ILambdaContext lambdaContext) : IDisposable
{
    public Stream InputStream { get; internal set; } = inputStream;

    public ILambdaContext LambdaContext { get; internal set; } = lambdaContext;

    public void Dispose()
    {
        InputStream?.Dispose();
        GC.SuppressFinalize(this);
    }
}
