using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduling.Core.Tests.Jobs;

/// <summary>faults.md D13, D14: a payload is refused when it is given, or comes back byte for byte.</summary>
public partial class JobPayloadTests
{
    public static TheoryData<string> Kept =>
    [
        "{}", "[]", "null", "true", "0", "\"\"", " { \"a\" : 1 } ", """{"b":1,"a":2,"a":3}""", """{"$type":"System.Diagnostics.Process, System"}""", "1.0", "1e400", "123456789012345678901234567890",
        "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"😀 \u2028 é\"", "\"<script>&'\"", "[[[[[[[[[[]]]]]]]]]]", "\r\n\t{\n}",
    ];

    public static TheoryData<string, string> Refused => new()
    {
        { "", "empty" }, { " ", "blank" }, { "{", "cut" }, { "{}{}", "two values" }, { "{'a':1}", "single quotes" }, { "{a:1}", "bare name" }, { "[1,]", "trailing comma" }, { "// x\n1", "comment" },
        { "NaN", "NaN" }, { "Infinity", "infinity" }, { "01", "leading zero" }, { "\"\0\"", "NUL in a text" }, { "{}\0", "NUL behind" }, { "\"\n\"", "raw line feed" }, { "\uFEFF{}", "byte order mark" },
        { "\"\uD800\"", "half a surrogate pair" }, { "undefined", "no JSON" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void FromJson_AnyJson_ComesBackByteForByte(string json)
    {
        var payload = JobPayload.FromJson(json);

        Assert.Equal(json, payload.ToJson());
        Assert.Equal(Encoding.UTF8.GetBytes(json), payload.Utf8.ToArray());
        Assert.Equal(payload, JobPayload.FromUtf8(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(payload.GetHashCode(), JobPayload.FromJson(json).GetHashCode());
        Assert.False(payload.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void FromJson_NoJson_IsRefusedNamingTheField(string json, string why)
    {
        Assert.NotEmpty(why);
        var error = Assert.Single(Assert.Throws<SchedulingValidationException>(() => JobPayload.FromJson(json)).Errors);

        Assert.Equal("payload", error.Field);
        Assert.Contains("payload", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xFF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xE2, 0x82, (byte)'"' })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'1' })]
    [InlineData(new byte[] { (byte)'"', 0, (byte)'"' })]
    public void FromUtf8_BytesThatAreNotUtf8Json_AreRefused(byte[] bytes) =>
        Assert.Equal("payload", Assert.Single(Assert.Throws<SchedulingValidationException>(() => JobPayload.FromUtf8(bytes)).Errors).Field);

    [Fact]
    public void FromJson_SizeInBytes_IsLimited()
    {
        var most = $"\"{new string('x', JobPayload.MaximumBytes - 2)}\"";

        Assert.Equal(JobPayload.MaximumBytes, JobPayload.FromJson(most).Utf8.Length);
        Assert.Contains("262,145 bytes", Refuse($" {most}"), StringComparison.Ordinal);
        Assert.Contains("262,144 are allowed", Refuse($"\"{new string('é', JobPayload.MaximumBytes / 2)}\""), StringComparison.Ordinal);
        Assert.Contains("10,000,000 bytes", Refuse(new string(' ', 10_000_000)), StringComparison.Ordinal);

        static string Refuse(string json) => Assert.Throws<SchedulingValidationException>(() => JobPayload.FromJson(json)).Message;
    }

    [Fact]
    public void FromJson_Depth_IsLimitedWithoutRecursion()
    {
        Assert.False(JobPayload.FromJson(Nested(128)).IsEmpty);
        Assert.Throws<SchedulingValidationException>(() => JobPayload.FromJson(Nested(129)));
        Assert.Throws<SchedulingValidationException>(() => JobPayload.FromJson(Nested(100_000)));

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public void FromUtf8_CallersArray_IsCopied()
    {
        var bytes = "[1]"u8.ToArray();
        var payload = JobPayload.FromUtf8(bytes);

        bytes[1] = (byte)'2';

        Assert.Equal("[1]", payload.ToJson());
    }

    [Fact]
    public void Default_IsNoPayload()
    {
        JobPayload none = default;

        Assert.True(none.IsEmpty);
        Assert.Null(none.ToJson());
        Assert.Null(none.Read(TestJson.Default.Parameters));
        Assert.Equal("no payload", none.ToString());
        Assert.True(none == default);
        Assert.True(none != JobPayload.FromJson("null"));
    }

    [Fact]
    public void FromAndRead_TypedValue_ComesBack()
    {
        var payload = JobPayload.From(new Parameters("Zürich 😀", 3), TestJson.Default.Parameters);

        Assert.Equal(new Parameters("Zürich 😀", 3), payload.Read(TestJson.Default.Parameters));
        Assert.Throws<JsonException>(() => JobPayload.FromJson("[1]").Read(TestJson.Default.Parameters));
    }

    [Fact]
    public void ToString_ShowsTheSizeAndNeverTheContent() =>
        Assert.Equal("19 bytes of JSON", JobPayload.FromJson("""{"token":"s3cr3t!"}""").ToString());

    internal sealed record Parameters(string Name, int Count);

    [JsonSerializable(typeof(Parameters))]
    internal sealed partial class TestJson : JsonSerializerContext;
}
