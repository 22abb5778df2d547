using System.Net;
using Amazon.EC2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// Reads a response in a way of its own; errors, which EC2 writes alike for every operation, are read by the SDK. To
/// derive from one of its unmarshallers would bring what that one reads into the native program.
/// </summary>
internal sealed class LeanUnmarshaller(Func<XmlUnmarshallerContext, AmazonWebServiceResponse> read) : EC2ResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context) => read(context);

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode) =>
        CreateTagsResponseUnmarshaller.Instance.UnmarshallException(context, innerException, statusCode);
}
