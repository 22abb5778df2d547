using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.EC2.Model.Internal.MarshallTransformations;
using Amazon.Runtime.Internal.Transform;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// Readers of EC2's responses, by the paths of its API reference. What has no path here is skipped: it stays unset in the
/// SDK's own types.
/// </summary>
internal static class LeanResponses
{
    /// <summary>Of each version its number, its time and its tag specifications, and the next page.</summary>
    public static ResponseUnmarshaller TemplateVersions { get; } = new LeanUnmarshaller(context =>
    {
        var response = new DescribeLaunchTemplateVersionsResponse { LaunchTemplateVersions = [] };
        Children(context, depth =>
        {
            if (context.TestExpression("launchTemplateVersionSet/item", depth))
            {
                response.LaunchTemplateVersions.Add(Version(context));
            }
            else if (context.TestExpression("nextToken", depth))
            {
                response.NextToken = context.ReadText();
            }
        });
        return response;
    });

    /// <summary>The new version likewise, and all warnings.</summary>
    public static ResponseUnmarshaller NewTemplateVersion { get; } = new LeanUnmarshaller(context =>
    {
        var response = new CreateLaunchTemplateVersionResponse();
        Children(context, depth =>
        {
            if (context.TestExpression("launchTemplateVersion", depth))
            {
                response.LaunchTemplateVersion = Version(context);
            }
            else if (context.TestExpression("warning", depth))
            {
                response.Warning = ValidationWarningUnmarshaller.Instance.Unmarshall(context);
            }
        });
        return response;
    });

    /// <summary>Of each instance its id, private address, launch time and tags, and the next page.</summary>
    public static ResponseUnmarshaller Instances { get; } = new LeanUnmarshaller(context =>
    {
        var response = new DescribeInstancesResponse { Reservations = [] };
        Children(context, depth =>
        {
            if (context.TestExpression("reservationSet/item", depth))
            {
                response.Reservations.Add(new Reservation { Instances = [] });
            }
            else if (context.TestExpression("reservationSet/item/instancesSet/item", depth))
            {
                response.Reservations[^1].Instances.Add(Instance(context));
            }
            else if (context.TestExpression("nextToken", depth))
            {
                response.NextToken = context.ReadText();
            }
        });
        return response;
    });

    private static LaunchTemplateVersion Version(XmlUnmarshallerContext context)
    {
        var version = new LaunchTemplateVersion { LaunchTemplateData = new ResponseLaunchTemplateData { TagSpecifications = [] } };
        Children(context, depth =>
        {
            if (context.TestExpression("versionNumber", depth))
            {
                version.VersionNumber = NullableLongUnmarshaller.Instance.Unmarshall(context);
            }
            else if (context.TestExpression("createTime", depth))
            {
                version.CreateTime = NullableDateTimeUnmarshaller.Instance.Unmarshall(context);
            }
            else if (context.TestExpression("launchTemplateData/tagSpecificationSet/item", depth))
            {
                version.LaunchTemplateData.TagSpecifications.Add(TagSpecification(context));
            }
        });
        return version;
    }

    private static LaunchTemplateTagSpecification TagSpecification(XmlUnmarshallerContext context)
    {
        var specification = new LaunchTemplateTagSpecification { Tags = [] };
        Children(context, depth =>
        {
            if (context.TestExpression("resourceType", depth))
            {
                specification.ResourceType = new ResourceType(context.ReadText());
            }
            else if (context.TestExpression("tagSet/item", depth))
            {
                specification.Tags.Add(TagUnmarshaller.Instance.Unmarshall(context));
            }
        });
        return specification;
    }

    private static Instance Instance(XmlUnmarshallerContext context)
    {
        var instance = new Instance { Tags = [] };
        Children(context, depth =>
        {
            if (context.TestExpression("instanceId", depth))
            {
                instance.InstanceId = context.ReadText();
            }
            else if (context.TestExpression("privateIpAddress", depth))
            {
                instance.PrivateIpAddress = context.ReadText();
            }
            else if (context.TestExpression("launchTime", depth))
            {
                instance.LaunchTime = NullableDateTimeUnmarshaller.Instance.Unmarshall(context);
            }
            else if (context.TestExpression("tagSet/item", depth))
            {
                instance.Tags.Add(TagUnmarshaller.Instance.Unmarshall(context));
            }
        });
        return instance;
    }

    // Calls back at each element below the current one; what is read there must be within the element.
    private static void Children(XmlUnmarshallerContext context, Action<int> visit)
    {
        var parent = context.CurrentDepth;
        var depth = context.IsStartOfDocument ? parent + 2 : parent + 1;
        while (context.ReadAtDepth(parent))
        {
            if (context.IsStartElement)
            {
                visit(depth);
            }
        }
    }
}
