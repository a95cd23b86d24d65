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
        if (errors.Length > 0)
            context.ProblemDetails.Extensions["errors"] = errors;
        if (exception is JobAlreadyRunningException running)
            context.ProblemDetails.Extensions["integrationJobId"] = running.Execution.Id.ToString();
        return await problems.TryWriteAsync(context);
    }

    private static (int Status, string Code, FieldError[] Errors)? Answer(Exception exception) => exception switch
    {
        SchedulingValidationException invalid => (400, "INVALID_INPUT", [.. invalid.Errors.Select(static error => Of(error.Field, error.Message))]),
        InvalidCursorException => (400, "INVALID_CURSOR", [Of("cursor", exception.Message)]),
        JsonException => (400, "INVALID_JSON", []),
        NotFoundException missing => (404, "NOT_FOUND", [Of(missing.Field, missing.Message)]),
        JobNotFoundException => (404, "NOT_FOUND", [Of("id", "id names nothing of this account.")]),
        JobAlreadyRunningException => (409, "ALREADY_EXECUTING_ERROR", []),
        JobsPausedException => (409, "PAUSED", []),
        JobConflictException => (409, "CONFLICT", []),
        AdmissionException => (403, "NOT_ADMITTED", []),
        BadHttpRequestException bad => (bad.StatusCode, "INVALID_REQUEST", []),
        _ => null,
    };

    private static FieldError Of(string field, string message) => new() { Field = field, Message = message };
}
