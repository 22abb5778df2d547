using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Charlie.Tests.Shared;

/// <summary>
/// The dependencies between the namespaces of one assembly, read from its metadata and IL: base types, members, attributes,
/// constraints, locals, instructions and catch clauses. Constants are invisible: the compiler copies their values.
/// </summary>
internal sealed class NamespaceDependencies : IDisposable
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly PEReader file;
    private readonly MetadataReader metadata;
    private readonly TypeCollector collector;
    private readonly SortedDictionary<string, SortedSet<string>> uses = new(StringComparer.Ordinal);
    private string current = "";

    private NamespaceDependencies(string path)
    {
        file = new PEReader(File.OpenRead(path));
        metadata = file.GetMetadataReader();
        collector = new TypeCollector(type => Use(type));
    }

    /// <summary>Each namespace with the other namespaces of the assembly that its types use.</summary>
    public static IReadOnlyDictionary<string, SortedSet<string>> Of(Assembly assembly)
    {
        using var reader = new NamespaceDependencies(assembly.Location);
        foreach (var type in reader.metadata.TypeDefinitions)
        {
            reader.Read(type);
        }

        return reader.uses;
    }

    /// <summary>The groups of namespaces that depend on each other in a circle.</summary>
    public static IReadOnlyList<string> Cycles(IReadOnlyDictionary<string, SortedSet<string>> uses)
    {
        var reached = uses.Keys.ToDictionary(name => name, name => Reach(name, uses));
        return [.. uses.Keys
            .Where(name => reached[name].Contains(name))
            .Select(name => string.Join(
                " <-> ", reached[name].Where(other => reached.TryGetValue(other, out var back) && back.Contains(name))))
            .Distinct()];
    }

    public void Dispose() => file.Dispose();

    private static SortedSet<string> Reach(string from, IReadOnlyDictionary<string, SortedSet<string>> uses)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var name))
        {
            foreach (var next in uses.GetValueOrDefault(name, []).Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }

    private void Read(TypeDefinitionHandle handle)
    {
        current = NamespaceOf(handle);
        if (current.Length == 0)
        {
            // What the compiler makes for itself, for example <Module> and <PrivateImplementationDetails>.
            return;
        }

        var type = metadata.GetTypeDefinition(handle);
        uses.TryAdd(current, new SortedSet<string>(StringComparer.Ordinal));
        Use(type.BaseType);
        Use(type.GetCustomAttributes());
        Use(type.GetGenericParameters());
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            Use(metadata.GetInterfaceImplementation(implemented).Interface);
        }

        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            field.DecodeSignature(collector, null);
            Use(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            Use(property.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            method.DecodeSignature(collector, null);
            Use(method.GetCustomAttributes());
            Use(method.GetGenericParameters());
            if (method.RelativeVirtualAddress != 0)
            {
                Read(file.GetMethodBody(method.RelativeVirtualAddress));
            }
        }
    }

    private void Read(MethodBodyBlock body)
    {
        Use(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            Use(region.CatchType);
        }

        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            var operand = Operands[value == 0xFE ? 0xFE00 | code.ReadByte() : value];
            switch (operand)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                    or OperandType.InlineSig:
                    Use(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var branches = code.ReadInt32();
                    code.Offset += 4 * branches;
                    break;
                default:
                    code.Offset += operand switch
                    {
                        OperandType.InlineNone => 0,
                        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                        OperandType.InlineVar => 2,
                        OperandType.InlineI8 or OperandType.InlineR => 8,
                        _ => 4,
                    };
                    break;
            }
        }
    }

    private void Use(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
        {
            Use(metadata.GetCustomAttribute(attribute).Constructor);
        }
    }

    private void Use(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
        {
            Use(metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void Use(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                if (NamespaceOf((TypeDefinitionHandle)handle) is { Length: > 0 } used && used != current)
                {
                    uses[current].Add(used);
                }

                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(collector, null);
                break;
            case HandleKind.FieldDefinition:
                Use(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Use(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                var generic = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(collector, null);
                Use(generic.Method);
                break;
            case HandleKind.MemberReference:
                Use(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.StandaloneSignature:
                var signature = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
                {
                    signature.DecodeLocalSignature(collector, null);
                }

                break;
        }
    }

    /// <summary>A nested type belongs to the namespace of the type around it.</summary>
    private string NamespaceOf(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } around ? NamespaceOf(around) : metadata.GetString(type.Namespace);
    }

    /// <summary>Hands every type of the assembly that a signature names to a callback; a signature's own value is of no interest.</summary>
    private sealed class TypeCollector(Action<EntityHandle> found) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            found(handle);
            return true;
        }

        public bool GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            found(handle);
            return true;
        }

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetSZArrayType(bool elementType) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;
    }
}
