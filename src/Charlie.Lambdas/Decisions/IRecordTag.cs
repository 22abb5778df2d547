namespace Charlie.Lambdas.Decisions;

/// <summary>A fact that Charlie keeps as one tag of the launch template. EC2: a key has at most 128 characters, a value 256.</summary>
internal interface IRecordTag
{
    string Key { get; }

    string Value { get; }
}
