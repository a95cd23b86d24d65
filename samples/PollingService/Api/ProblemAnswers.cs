using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Scheduling;

namespace PollingService.Api;

/// <summary>Answers what went wrong as problem details (RFC 9457): the code for programs, one sentence for people, the fields that are wrong.</summary>
internal sealed class ProblemAnswers(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Answer(exception) is not var (status, code, errors))
            return false;
        httpContext.Response.StatusCode = status;
        var context = new ProblemDetailsContext { HttpContext = httpContext };
        context.ProblemDetails.Status = status;
        context.ProblemDetails.Detail = exception is JsonException ? "The body is not one JSON object." : exception.Message;
        context.ProblemDetails.Extensions["code"] = code;
        if (errors is not null)
            context.ProblemDetails.Extensions["errors"] = errors;
        return await problems.TryWriteAsync(context);
    }

    private static (int Status, string Code, object? Errors)? Answer(Exception exception) => exception switch
    {
        SchedulingValidationException invalid => (400, "INVALID_INPUT", invalid.Errors.Select(static e => new { field = e.Field, message = e.Message }).ToArray()),
        InvalidCursorException => (400, "INVALID_CURSOR", null),
        JsonException => (400, "INVALID_JSON", null),
        InstanceNotFoundException or JobNotFoundException => (404, "NOT_FOUND", null),
        JobAlreadyRunningException running => (409, "ALREADY_EXECUTING_ERROR", new { integrationJobId = running.Execution.Id.ToString() }),
        JobsPausedException => (409, "PAUSED", null),
        AdmissionException => (403, "NOT_ADMITTED", null),
        _ => null,
    };
}
