using System.Globalization;
using System.Xml;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>A response document, read at once. Names are AWS's local names; its namespace is not looked at.</summary>
internal sealed class XmlElement(string name)
{
    private readonly List<XmlElement> _children = [];
    private string _text = string.Empty;

    public static XmlElement Load(Stream stream)
    {
        // As the SDK's own clients: XmlReader.Create would bring the validation of schemas into a native program.
        using var reader = new XmlTextReader(stream) { DtdProcessing = DtdProcessing.Prohibit };
        reader.MoveToContent();
        return Read(reader);
    }

    public XmlElement Child(string childName) => _children.Find(child => child.Name == childName);

    public string Text(string childName) => Child(childName)?._text;

    public int? Int(string childName) =>
        Text(childName) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool? Bool(string childName) => Text(childName) is { Length: > 0 } text ? bool.Parse(text) : null;

    public DateTime? Time(string childName) => Text(childName) is { Length: > 0 } text
        ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
        : null;

    public T Object<T>(string childName, Func<XmlElement, T> read)
        where T : class =>
        Child(childName) is { } child ? read(child) : null;

    public List<string> Strings(string childName) => List(childName, member => member._text);

    /// <summary>Null for a list without members, as everywhere in version 4 of the SDK.</summary>
    public List<T> List<T>(string childName, Func<XmlElement, T> read) => Child(childName) is { _children: { Count: > 0 } members }
        ? members.ConvertAll(member => read(member))
        : Model.Unset.List<T>();

    private string Name { get; } = name;

    private static XmlElement Read(XmlReader reader)
    {
        var element = new XmlElement(reader.LocalName);
        if (reader.IsEmptyElement)
        {
            return element;
        }

        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                element._children.Add(Read(reader));
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                element._text += reader.Value;
            }
        }

        return element;
    }
}
