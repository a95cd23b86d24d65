namespace Scheduling.Conformance;

/// <summary>Whose clock decides in production; in the suite every store must follow the test's clock.</summary>
public enum StoreClock
{
    /// <summary>The process's <see cref="TimeProvider"/>.</summary>
    Process,

    /// <summary>The database server's; the fixture overrides it with the test's clock in every statement.</summary>
    DatabaseServer,
}
