using System.Globalization;
using System.Text;
using System.Xml;

namespace Charlie.Sandbox.Wire;

/// <summary>Writes a response in XML as AWS's Query services do; members without a value are left out.</summary>
public sealed class XmlResponse
{
    private const string ContentType = "text/xml;charset=UTF-8";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // A tag may hold characters that XML 1.0 forbids; AWS escapes them instead of failing.
        CheckCharacters = false,
    };

    private readonly XmlWriter writer;

    private XmlResponse(XmlWriter writer) => this.writer = writer;

    /// <summary>An EC2 response: <c>{Action}Response</c> with the request's id as first member.</summary>
    /// <param name="request">What it responds to.</param>
    /// <param name="members">Writes the other members.</param>
    /// <param name="result">What they are written from.</param>
    public static AwsResponse Ec2(AwsRequest request, Action<XmlResponse> members, object? result = null) =>
        new(200, ContentType, () => Document($"{request.Action}Response", XmlNamespaces.Of("ec2"), xml =>
        {
            xml.Element("requestId", request.RequestId);
            members(xml);
        }))
        {
            Result = result,
        };

    /// <summary>A response of the other Query services: <c>{Action}Response/{Action}Result</c> and the metadata.</summary>
    /// <inheritdoc cref="Ec2"/>
    public static AwsResponse Query(AwsRequest request, Action<XmlResponse>? members = null, object? result = null) =>
        new(200, ContentType, () => Document($"{request.Action}Response", XmlNamespaces.Of(request.Service), xml =>
        {
            if (members is not null)
            {
                xml.Element($"{request.Action}Result", members);
            }

            xml.Element("ResponseMetadata", metadata => metadata.Element("RequestId", request.RequestId));
        }))
        {
            Result = result,
        };

    /// <summary>The response that an error is.</summary>
    public static AwsResponse Error(AwsException error, string root, string? xmlNamespace, Action<XmlResponse> members) =>
        new(error.Status, ContentType, () => Document(root, xmlNamespace, members)) { Error = error };

    private static byte[] Document(string root, string? xmlNamespace, Action<XmlResponse> members)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            writer.WriteStartElement(root, xmlNamespace);
            members(new XmlResponse(writer));
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    public void Element(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        writer.WriteStartElement(name);
        writer.WriteString(value);
        writer.WriteEndElement();
    }

    public void Element(string name, int? value) => Element(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Element(string name, bool? value) => Element(name, value is { } flag ? flag ? "true" : "false" : null);

    /// <summary>A time in UTC with milliseconds, as AWS writes it.</summary>
    public void Element(string name, DateTimeOffset? value) => Element(name, value is { } time ? AwsTime.Precise(time) : null);

    public void Element(string name, Action<XmlResponse> members)
    {
        writer.WriteStartElement(name);
        members(this);
        writer.WriteEndElement();
    }

    /// <summary>The text of the element that is open.</summary>
    public void Text(string value) => writer.WriteString(value);

    /// <summary>A list of structures; an empty one is an empty element.</summary>
    public void List<T>(string name, string item, IEnumerable<T> values, Action<T> members) => Element(name, _ =>
    {
        foreach (var value in values)
        {
            Element(item, _ => members(value));
        }
    });

    public void List(string name, string item, IEnumerable<string> values) => Element(name, _ =>
    {
        foreach (var value in values)
        {
            Element(item, value);
        }
    });
}
