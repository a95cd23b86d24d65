using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ScheduledJobsService.Access;
using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>
/// Ids of jobs and history entries as clients see them: the library's id, and the instance it is in, so that an id alone finds its way. No secret: whether the caller may use that
/// instance is decided each time.
/// </summary>
internal static class PublicId
{
    private const int GuidLength = 32;
    private const int LongestInstance = 1_024;

    public static string Of(JobId id, TenantId instance) => Of(id.Value, instance);

    public static string Of(ExecutionId id, TenantId instance) => Of(id.Value, instance);

    /// <summary>The jobs of the instance that an id names, and the library's id in it; an id of another form is not found.</summary>
    public static async Task<(ITenantJobs Jobs, Guid Id)> ReadAsync(HttpContext context, string text, string field)
    {
        if (!Guid.TryParseExact(text.AsSpan(0, Math.Min(text.Length, GuidLength)), "N", out var id))
            throw new NotFoundException(field);
        return (await Instance.JobsOfAsync(context, InstanceOf(text.AsSpan(GuidLength)), field), id);
    }

    private static string Of(Guid id, TenantId instance) =>
        string.Create(CultureInfo.InvariantCulture, $"{id:N}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(instance.Value))}");

    // Text that is not what was given out decodes to nothing or to an instance that nobody has.
    private static string InstanceOf(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[LongestInstance];
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) ? Encoding.UTF8.GetString(bytes[..written]) : "";
    }
}
