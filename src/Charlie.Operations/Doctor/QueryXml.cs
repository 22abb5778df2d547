using System.Xml.Linq;

namespace Charlie.Operations.Doctor;

/// <summary>Reads the responses of AWS's Query services, whatever their namespace.</summary>
internal static class QueryXml
{
    /// <summary>The text of a child; empty without it.</summary>
    public static string Text(this XElement element, string name) => element.Child(name)?.Value ?? "";

    public static XElement? Child(this XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The elements of a list, which is found at any depth: <c>member</c>, or EC2's <c>item</c>.</summary>
    public static IEnumerable<XElement> List(this XElement element, string name) =>
        element.Descendants().Where(list => list.Name.LocalName == name)
            .SelectMany(list => list.Elements().Where(item => item.Name.LocalName is "member" or "item"));
}
