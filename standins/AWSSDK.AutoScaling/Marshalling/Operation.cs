using System.Net;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>One operation of the Query protocol: how its request is written, its result read, and which errors it has.</summary>
internal sealed class Operation<TRequest, TResponse>(
    string action, Action<QueryParameters, TRequest> write, Func<XmlElement, TResponse> read, params string[] errors)
    : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonAutoScalingRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.AutoScaling");
        request.Parameters.Add("Action", action);
        request.Parameters.Add("Version", "2011-01-01");
        write(new QueryParameters(request.Parameters, string.Empty), (TRequest)input);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var document = XmlElement.Load(input.Stream);
        var response = read(document.Child(action + "Result") ?? document);
        response.ResponseMetadata = new ResponseMetadata { RequestId = document.Child("ResponseMetadata")?.Text("RequestId") };
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        ServiceErrors.ToException(ServiceErrors.Read(input.Stream), errors, innerException, statusCode);
}
