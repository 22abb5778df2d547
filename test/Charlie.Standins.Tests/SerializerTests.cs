using System.Text;
using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;
using Charlie.Standins.Tests.Functions;

namespace Charlie.Standins.Tests;

public sealed class SerializerTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<OrderJson> _serializer = new();

    [Fact]
    public void What_is_written_is_read_again()
    {
        var order = new Order("tea <ü> \"green\"", 3);

        Assert.Equal(order, Read<Order>(_serializer, Write(_serializer, order)));
    }

    [Fact]
    public void Nulls_are_left_out_and_texts_are_escaped_no_more_than_JSON_needs() =>
        Assert.Equal("""{"requestId":"1","text":"<ü>'&"}""", Write(_serializer, new Receipt("1", "<ü>'&")));

    [Fact]
    public void Names_are_those_of_the_type_but_for_AWS_own_two_headers() =>
        Assert.Equal("""{"FirstName":"a","x-amz-id-2":"b"}""", Write(_serializer, new Plain("a", "b")));

    [Fact]
    public void Names_are_read_in_any_case() =>
        Assert.Equal("a", Read<Plain>(_serializer, """{"FIRSTNAME":"a"}""").FirstName);

    [Fact]
    public void The_options_can_be_customized()
    {
        var camel = new SourceGeneratorLambdaJsonSerializer<OrderJson>(
            options => options.PropertyNamingPolicy = new AwsNamingPolicy(JsonNamingPolicy.CamelCase));

        Assert.Equal("""{"firstName":"a","x-amz-id-2":"b"}""", Write(camel, new Plain("a", "b")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"item":1}""")]
    [InlineData("[]")]
    public void What_cannot_be_read_says_what_it_should_have_been(string json)
    {
        var thrown = Assert.Throws<JsonSerializerException>(() => Read<Order>(_serializer, json));

        Assert.Contains(typeof(Order).FullName!, thrown.Message, StringComparison.Ordinal);
        Assert.IsType<JsonException>(thrown.InnerException);
    }

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named()
    {
        var thrown = Assert.Throws<JsonSerializerException>(() => Write(_serializer, new StringBuilder()));

        Assert.Contains("System.Text.StringBuilder", thrown.Message, StringComparison.Ordinal);
    }

    private static string Write<T>(SourceGeneratorLambdaJsonSerializer<OrderJson> serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T Read<T>(SourceGeneratorLambdaJsonSerializer<OrderJson> serializer, string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return serializer.Deserialize<T>(stream);
    }
}
