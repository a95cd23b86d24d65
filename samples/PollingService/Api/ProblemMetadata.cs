namespace PollingService.Api;

/// <summary>Tells the OpenAPI document what every endpoint may answer besides its result.</summary>
internal static class ProblemMetadata
{
    private const string Json = "application/problem+json";

    public static RouteGroupBuilder WithProblems(this RouteGroupBuilder group)
    {
        foreach (var status in new[] { StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound })
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Json]));
        return group;
    }

    public static RouteHandlerBuilder WithProblem(this RouteHandlerBuilder endpoint, int status) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Json]));
}
