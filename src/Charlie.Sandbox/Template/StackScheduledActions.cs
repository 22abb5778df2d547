using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Template;

/// <summary>Plans the scheduled actions of a stack; the group is there already, as nothing here makes one.</summary>
internal static class StackScheduledActions
{
    /// <exception cref="TemplateException">One of them cannot be used; none is planned then.</exception>
    public static void Make(IReadOnlyList<ScheduledActionModel> models, AutoScalingGroupStore? groups)
    {
        var made = new List<(AutoScalingGroup Group, string Name)>();
        foreach (var model in models)
        {
            try
            {
                var parameters = new QueryParameters(ParameterNode.Parse(model.Properties), AutoScalingErrors.Instance);
                var group = (groups ?? throw new TemplateException(model.Path, "there is no Auto Scaling beside this stack"))
                    .Get(parameters.Required("AutoScalingGroupName"));
                var action = groups.ScheduledActions.Read(group, parameters);
                groups.ScheduledActions.Put(group, action);
                made.Add((group, action.Name));
            }
            catch (AwsException error)
            {
                made.ForEach(one => one.Group.Unplan(one.Name));
                throw new TemplateException(model.Path, error.Message);
            }
        }
    }
}
