using System.Collections.Frozen;
using Charlie.Sandbox.CloudFormation;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Server;

/// <summary>Makes of a template what it says: first the machine side, then what events pass through.</summary>
internal sealed class StackDeployer(Cloud cloud, EventPlane plane) : IStackDeployer
{
    private readonly Infrastructure infrastructure = new(cloud);

    public void Check(string stack, string template, IReadOnlyDictionary<string, string> parameters, DescribedStack? before)
    {
        var model = TemplateDocument.Parse(template).Resolve(stack, parameters, infrastructure.NamesOf(stack));
        if (before is not null)
        {
            StackUpdate.Check(Installed(before), model);
        }
    }

    public IReadOnlyDictionary<string, string> Deploy(
        string stack, string template, IReadOnlyDictionary<string, string> parameters, DescribedStack? before)
    {
        var document = TemplateDocument.Parse(template);
        if (before is not null)
        {
            var installed = Installed(before);
            infrastructure.Update(stack, installed, names => document.Resolve(stack, parameters, names));
            var updated = document.Resolve(stack, parameters, infrastructure.NamesOf(stack));
            Store(updated);
            plane.Update(installed, updated);
            return updated.Outputs;
        }

        try
        {
            infrastructure.MakeGround(stack, names => document.Resolve(stack, parameters, names));
            var model = document.Resolve(stack, parameters, infrastructure.NamesOf(stack));
            Store(model);
            infrastructure.MakeGroups(stack, model);
            return plane.Deploy(model).Outputs;
        }
        catch (TemplateException)
        {
            infrastructure.Delete(stack, FrozenSet<string>.Empty, _ => { });
            throw;
        }
    }

    public void Delete(DescribedStack stack, Action<string?> done)
    {
        var model = Installed(stack);
        plane.Remove(model);
        foreach (var parameter in model.StoredParameters)
        {
            cloud.Secrets.Parameters.Remove(parameter.Name);
        }

        infrastructure.Delete(stack.Name, model.Retained, done);
    }

    private StackModel Installed(DescribedStack stack) =>
        TemplateDocument.Parse(stack.Template!).Resolve(stack.Name, stack.Parameters, infrastructure.NamesOf(stack.Name));

    private void Store(StackModel model)
    {
        foreach (var parameter in model.StoredParameters)
        {
            cloud.Secrets.PutParameter(parameter.Name, parameter.Value, parameter.Type);
        }
    }
}
